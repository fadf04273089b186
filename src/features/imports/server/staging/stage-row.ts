import { hash } from 'node:crypto'
import type { Mapping } from '#features/imports/mapping.ts'
import type { DraftClient, DraftContact } from '#features/imports/server/reading/draft.ts'
import { rowToClient } from '#features/imports/server/reading/rows-to-clients.ts'
import { newId } from '#shared/new-id.ts'
import { matchKey } from '#shared/contacts.ts'
import { arrayLiteral, copyLine, type CopyValue } from './copy-lines.ts'
import { fitDraft } from './fit-draft.ts'
import type { StageContext } from './stage-context.ts'
import type { StagingTable } from './staging-tables.ts'

/** Parts the cells of a row in one column of text. */
export const CELL_SEPARATOR = '\u001F'

/** Longer keys would not fit an index. */
const KEY = 300

export type Put = (table: StagingTable, line: string) => void

/** Turns rows into lines of the staging tables. */
export class RowStager {
  /** Rows that name a client. */
  drafts = 0
  private readonly importId: string
  private readonly mapping: Mapping
  private readonly context: StageContext
  private readonly put: Put

  constructor(importId: string, mapping: Mapping, context: StageContext, put: Put) {
    this.importId = importId
    this.mapping = mapping
    this.context = context
    this.put = put
  }

  /** @returns false where the row is nothing to tell about: empty, or above the data */
  add(number: number, given: string[]): boolean {
    const { headerRow } = this.mapping
    if (headerRow !== null && number <= headerRow) return false
    const cells = plain(given)
    const { skip, problem, draft } = rowToClient(this.mapping, number, cells, this.context)
    if (skip === 'empty') return false
    const start = [
      this.importId,
      number,
      joinCells(cells),
      skip ?? problem ?? (draft?.name.trim() === '' ? 'row.nobody-named' : null),
    ]
    if (draft && draft.name.trim() !== '') this.addDraft(number, start, fitDraft(draft, this.context))
    else this.put('import_rows', copyLine([...start, ...NO_CLIENT]))
    return true
  }

  private addDraft(number: number, start: CopyValue[], draft: DraftClient) {
    this.drafts++
    const said: string[] = []
    const child = (table: StagingTable, place: CopyValue[], values: CopyValue[]) => {
      const line = copyLine(values)
      said.push(line)
      this.put(table, `${copyLine([this.importId, number, ...place, newId()])}\t${line}`)
    }
    let ordinal = 0
    const contacts = (list: DraftContact[], person: number | null) => {
      for (const contact of list) child('import_contacts', [ordinal++, person], contactValues(contact))
    }
    contacts(draft.contacts, null)
    draft.people.forEach((person, index) => {
      const { name, lastName, firstName, middleName, gender, position, role, birthday, comment } = person
      const parts = [name, lastName, firstName, middleName, gender, position, role, birthday, comment]
      child('import_people', [index], parts)
      contacts(person.contacts, index)
    })
    draft.accounts.forEach(({ account, bic, bank, corrAccount }, index) =>
      child('import_accounts', [index], [account, bic, bank, corrAccount]),
    )
    const fields = copyLine(fieldValues(draft))
    const fingerprint = hash('md5', [fields, ...said].join('\n'), 'hex')
    this.put('import_rows', `${copyLine([...start, newId(), fingerprint])}\t${fields}`)
  }
}

const NO_CLIENT: null[] = Array.from({ length: 23 }, () => null)

function fieldValues(draft: DraftClient): CopyValue[] {
  const { kind, name, nameKey, fullName, inn, innHolds, kpp, ogrn, okpo, region, source, stage } = draft
  return [
    kind,
    name,
    nameKey,
    fullName,
    inn,
    innHolds,
    kpp,
    ogrn,
    okpo,
    region,
    source,
    stage,
    arrayLiteral(draft.categories),
    draft.comment,
    draft.isBuyer,
    draft.isSupplier,
    draft.externalCode,
    momentOf(draft.createdAt),
    draft.owner,
    JSON.stringify(draft.custom),
    JSON.stringify(draft.entered),
  ]
}

function contactValues(contact: DraftContact): CopyValue[] {
  const { kind, label, value, normalized, extension, verdict, reason, note, doNotCall } = contact
  const key = matchKey(contact)
  const matched = key && (key.weak ? `~${key.key}` : key.key).slice(0, KEY)
  return [kind, label, value, normalized, extension, verdict, reason, matched, note, doNotCall]
}

/** Days before this product's customers were born are slips of a hand. */
const momentOf = (moment: string | null) => (moment !== null && /^(?:19|20)\d\d/.test(moment) ? moment : null)

/** PostgreSQL keeps no U+0000, and no half of a surrogate pair. */
function plain(cells: string[]): string[] {
  const whole = cells.join('')
  if (!whole.includes('\0') && !whole.includes(CELL_SEPARATOR) && whole.isWellFormed()) return cells
  return cells.map((cell) => cell.replaceAll('\0', '').replaceAll(CELL_SEPARATOR, ' ').toWellFormed())
}

function joinCells(cells: string[]): string {
  let length = cells.length
  while (length > 0 && cells[length - 1] === '') length--
  return (length === cells.length ? cells : cells.slice(0, length)).join(CELL_SEPARATOR)
}
