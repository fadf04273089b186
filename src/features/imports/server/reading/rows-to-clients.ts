import type { Mapping, MappingColumn } from '#features/imports/mapping.ts'
import { parseCompanyName } from '#shared/company-names.ts'
import type { ContactContext } from '#shared/contact.ts'
import { repairMojibake } from '#shared/mojibake.ts'
import { isPlaceholder } from '#shared/verdict.ts'
import { parseFlag } from './cell-flags.ts'
import type { DraftClient, RowResult } from './draft.ts'
import { accountsOfRow } from './row-accounts.ts'
import { addressesOfRow } from './row-addresses.ts'
import { LINE, RowCells } from './row-cells.ts'
import { joinLines, peopleOf } from './row-people.ts'
import { skipReason } from './skip-row.ts'

/** What one row of a table says of a client, judged cell by cell by the rules of form and API. Pure. */
export function rowToClient(
  mapping: Mapping,
  number: number,
  cells: string[],
  context: ContactContext,
): RowResult {
  const skip = skipReason(number, cells, mapping)
  if (skip) return { number, skip, problem: null, draft: null, cells: [] }
  const row = new RowCells(context)
  for (const column of mapping.columns) {
    const cell = cells[column.index]
    if (column.target === null || cell === undefined || cell === '' || cell.trim() === '') continue
    row.read(column, repairMojibake(cell))
  }
  const draft = draftOf(row)
  return { number, skip: null, problem: draft ? null : 'row.nobody-named', draft, cells: row.verdicts }
}

/** The client, or null when the row names neither him nor a person. */
function draftOf(row: RowCells): DraftClient | null {
  const people = [...row.people.keys()]
    .toSorted((a, b) => a - b)
    .map((key) => ({ key, found: peopleOf(row.people.get(key)!, row.context) }))
  const named = row.take('name') ?? row.take('fullName')
  const first = people.find(({ found }) => found.length > 0)?.found[0]
  const name = named ?? first?.name
  if (name === undefined) return null
  const company = named !== undefined && row.company ? row.company : parseCompanyName(name)
  const draft: DraftClient = {
    ...fieldsOf(row),
    kind: named === undefined ? 'person' : kindOf(row, company.kind),
    name: name.slice(0, LINE),
    nameKey: company.key,
    contacts: [],
    people: people.flatMap(({ found }) => found),
  }
  const personOf = (column: MappingColumn) => people.find(({ key }) => key === column.person)?.found[0]
  giveContacts(row, draft, (column) =>
    named === undefined && personOf(column) === first ? undefined : personOf(column),
  )
  if (named === undefined) dropOwnPerson(draft)
  else for (const { key, found } of people) if (found.length === 0) keepNameless(row, draft, key)
  if (name.length > LINE) draft.comment = joinLines(draft.comment, name)
  return draft
}

function fieldsOf(row: RowCells): Omit<DraftClient, 'kind' | 'name' | 'nameKey' | 'contacts' | 'people'> {
  const line = (target: string) => row.take(target)?.slice(0, LINE) ?? null
  const flag = (target: string) => (row.text.has(target) ? parseFlag(row.text.get(target)!) : null)
  return {
    fullName: line('fullName'),
    inn: line('inn'),
    innHolds: row.innHolds,
    kpp: line('kpp'),
    ogrn: line('ogrn'),
    okpo: line('okpo'),
    region: line('region'),
    source: line('source'),
    stage: line('stage'),
    categories: [...new Set(row.categories)].slice(0, 50),
    comment: joinLines(...row.comments),
    isBuyer: flag('isBuyer'),
    isSupplier: flag('isSupplier'),
    externalCode: line('externalCode'),
    createdAt: row.take('createdAt') ?? null,
    owner: line('owner'),
    headClient: line('headClient'),
    custom: row.custom,
    entered: row.entered,
    accounts: accountsOfRow(row.bank),
  }
}

function kindOf(row: RowCells, guessed: DraftClient['kind']): DraftClient['kind'] {
  const told = row.take('kind')?.toLowerCase() ?? ''
  if (/предприним|^ип(?:$|\P{L})|entrepren|sole/u.test(told)) return 'entrepreneur'
  if (/физ|частн|person|individual|человек/.test(told)) return 'person'
  if (/юр|организац|компан|company|organi[sz]ation|legal|business/.test(told)) return 'organization'
  const inn = row.text.get('inn')
  return row.innHolds && inn?.length === 12 && guessed === 'organization' ? 'entrepreneur' : guessed
}

function giveContacts(
  row: RowCells,
  draft: DraftClient,
  personOf: (column: MappingColumn) => DraftClient['people'][number] | undefined,
) {
  for (const { column, contacts } of row.contacts) {
    const person = column.of === 'person' ? personOf(column) : undefined
    ;(person ?? draft).contacts.push(...contacts)
  }
  const addresses = addressesOfRow(row.addresses)
  for (const { column } of row.addresses) {
    const own = addresses.filter(({ label }) => label === column.label)
    row.judgeContacts(column, own.length > 0 ? own : addresses)
  }
  draft.contacts.push(...addresses)
}

/** A post or birthday without a name beside it is kept in words. */
function keepNameless(row: RowCells, draft: DraftClient, key: number) {
  const texts = [...row.people.get(key)!.text.values()].filter((text) => !isPlaceholder(text))
  draft.comment = joinLines(draft.comment, ...texts)
}

/** A client who is a person needs himself as a contact person only to keep what a client has no field for. */
function dropOwnPerson(draft: DraftClient) {
  const [own, ...others] = draft.people
  if (!own) return
  draft.contacts.unshift(...own.contacts)
  own.contacts = []
  const { position, role, birthday, comment } = own
  if (position === null && role === null && birthday === null) {
    draft.comment = joinLines(draft.comment, comment)
    draft.people = others
  }
}
