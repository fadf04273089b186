import type { AccountDraft, ClientPatch, ContactDraft, PersonDraft } from '#features/clients/contract.ts'
import { parseCompanyName } from '#shared/company-names.ts'
import { judgeContact, matchKey } from '#shared/contacts.ts'
import { parsePersonName } from '#shared/person-names.ts'
import { judgeInn, judgeKpp, judgeOgrn, judgeOkpo } from '#shared/tax-numbers.ts'
import { newId } from '#shared/new-id.ts'

/** A row of contacts under the names of its columns. */
export interface ContactRow {
  id: string
  person_id: string | null
  ordinal: number
  kind: string
  label: string | null
  value: string
  normalized: string | null
  extension: string | null
  verdict: string
  reason: string | null
  match_key: string | null
  note: string | null
  is_primary: boolean
  do_not_call: boolean
}

export interface PersonRow {
  id: string
  ordinal: number
  name: string
  last_name: string | null
  first_name: string | null
  middle_name: string | null
  gender: string | null
  position: string | null
  role: string | null
  birthday: string | null
  comment: string | null
}

export interface AccountRow {
  id: string
  ordinal: number
  account: string
  bic: string | null
  bank: string | null
  corr_account: string | null
  is_primary: boolean
}

const columns = {
  kind: 'kind',
  name: 'name',
  fullName: 'full_name',
  inn: 'inn',
  kpp: 'kpp',
  ogrn: 'ogrn',
  okpo: 'okpo',
  headClientId: 'head_client_id',
  isBuyer: 'is_buyer',
  isSupplier: 'is_supplier',
  ownerId: 'owner_id',
  source: 'source',
  stage: 'stage',
  region: 'region',
  categories: 'categories',
  comment: 'comment',
  externalCode: 'external_code',
  timeZone: 'time_zone',
  custom: 'custom',
} as const

const numbers = { inn: judgeInn, kpp: judgeKpp, ogrn: judgeOgrn, okpo: judgeOkpo }

/** Field of the contract → column, for the fields of a client's own row. */
export const columnOf = (field: string): string | undefined => columns[field as keyof typeof columns]

const properties: Record<string, string> = {
  ...Object.fromEntries(Object.entries(columns).map(([field, column]) => [column, field])),
  name_core: 'nameCore',
  entered: 'entered',
}

/** Column → name of the same in a row read under the contract's names. */
export const propertyOfColumn = (column: string): string => properties[column]!

/**
 * Columns of a client's row from what a person entered: numbers repaired where their check digits prove the repair (the text
 * as entered goes to `entered`), «ИНН/КПП» in one cell parted, kind and core of the name recognised.
 */
export function cleanFields(patch: ClientPatch): {
  row: Record<string, unknown>
  entered: Record<string, string>
} {
  const row: Record<string, unknown> = {}
  const entered: Record<string, string> = {}
  for (const [field, column] of Object.entries(columns)) {
    const value = patch[field as keyof typeof columns]
    if (value !== undefined) row[column] = value
  }
  for (const [field, judge] of Object.entries(numbers)) {
    const raw = row[field]
    if (typeof raw !== 'string') continue
    const judged = judge(raw)
    if (judged.value !== null && judged.value !== raw) {
      row[field] = judged.value
      entered[field] = raw
    }
    if (judged.kpp && row.kpp === undefined) row.kpp = judged.kpp
  }
  if (patch.name !== undefined) {
    const name = parseCompanyName(patch.name)
    row.name_core = name.key
    if (patch.kind === undefined) row.kind = name.kind
  }
  return { row, entered }
}

/** A contact judged by the one rule of form, import and API. Never splits: one draft, one contact. */
export function contactRow(
  draft: ContactDraft,
  ordinal: number,
  personId: string | null,
  cityCode: string,
): ContactRow {
  const judged = judgeContact(draft.kind, draft.value, { cityCode })
  const key = matchKey(judged)
  return {
    id: draft.id ?? newId(),
    person_id: personId,
    ordinal,
    kind: draft.kind,
    label: draft.label ?? judged.label,
    value: draft.value,
    normalized: judged.normalized,
    extension: judged.extension,
    verdict: judged.verdict,
    reason: judged.reason,
    match_key: key && (key.weak ? `~${key.key}` : key.key),
    note: draft.note ?? judged.note,
    is_primary: draft.primary ?? false,
    do_not_call: draft.doNotCall ?? judged.doNotCall,
  }
}

/** A person's name parts as given, or read from the whole name. */
export function personRow(draft: PersonDraft, ordinal: number): PersonRow {
  const given = [draft.lastName, draft.firstName, draft.middleName].filter(Boolean).join(' ')
  const name = draft.name ?? given
  const read = parsePersonName(name)
  const parted = given !== ''
  return {
    id: draft.id ?? newId(),
    ordinal,
    name: name === '' ? '—' : name,
    last_name: parted ? (draft.lastName ?? null) : read.lastName,
    first_name: parted ? (draft.firstName ?? null) : read.firstName,
    middle_name: parted ? (draft.middleName ?? null) : read.middleName,
    gender: read.gender,
    position: draft.position ?? null,
    role: draft.role ?? null,
    birthday: draft.birthday ?? null,
    comment: draft.comment ?? null,
  }
}

export const accountRow = (draft: AccountDraft, ordinal: number): AccountRow => ({
  id: draft.id ?? newId(),
  ordinal,
  account: draft.account,
  bic: draft.bic ?? null,
  bank: draft.bank ?? null,
  corr_account: draft.corrAccount ?? null,
  is_primary: draft.primary ?? false,
})
