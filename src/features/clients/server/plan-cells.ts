import { isDeepStrictEqual } from 'node:util'
import {
  type CellClient,
  cellText,
  customKey,
  draftsOf,
  isContacts,
  propertyOf,
} from '#features/clients/cell-text.ts'
import { type CellRules, patchOfCell } from '#features/clients/cells.ts'
import { CellRefusal } from '#features/clients/cell-refusal.ts'
import type { Client, ClientPatch, ContactDraft } from '#features/clients/contract.ts'
import type { Sentence } from '#server/http/problem.ts'
import { contactChanges, type ContactChanges } from './children.ts'
import { cleanFields, columnOf } from './clean.ts'
import { changedColumns } from './update-client.ts'

/** A client as it is, locked, without its people and accounts. */
export interface LockedRow extends CellClient, Pick<Client, 'id' | 'version' | 'entered' | 'archivedAt'> {
  fieldVersions: Record<string, number>
  nameCore: string
}

export interface PlannedEdit {
  field: string
  text: string
  /** Absent: whatever the client has become meanwhile. */
  version?: number | undefined
  seen?: string | undefined
}

export type Outcome =
  | { outcome: 'written' | 'unchanged' }
  | { outcome: 'refused'; sentence: Sentence }
  /** `column`: where the journal may tell what stood there before; null: it cannot. */
  | { outcome: 'conflict'; column: string | null }

export interface RowPlan {
  row: LockedRow
  outcomes: Outcome[]
  /** Column → value of what changes in the client's own row. */
  values: Record<string, unknown>
  contacts: ContactChanges | undefined
}

const inBin: Sentence = {
  ru: 'Клиент в корзине: сначала верните его.',
  en: 'The client is in the archive: restore it first.',
}

/** What the cells typed into one client come to, one after the other; of the same cell the last one holds. */
export function planRow(row: LockedRow, edits: readonly PlannedEdit[], rules: CellRules): RowPlan {
  let contacts = draftsOf(row.contacts)
  let patch: ClientPatch = {}
  const outcomes = edits.map((edit): Outcome => {
    if (row.archivedAt !== null) return { outcome: 'refused', sentence: inBin }
    try {
      const change = patchOfCell(row, edit.field, edit.text, rules, contacts)
      if (isSame(row, edit.field, change, contacts)) return { outcome: 'unchanged' }
      if (isOvertaken(row, edit)) return { outcome: 'conflict', column: journaled(edit.field) }
      if (change.contacts) contacts = change.contacts
      patch = { ...patch, ...change, ...(change.custom && { custom: { ...patch.custom, ...change.custom } }) }
      return { outcome: 'written' }
    } catch (error) {
      if (error instanceof CellRefusal) return { outcome: 'refused', sentence: error.sentence }
      throw error
    }
  })
  const { row: cleaned, entered } = cleanFields(patch)
  return {
    row,
    outcomes,
    values: changedColumns(row, patch, cleaned, entered),
    contacts: patch.contacts && contactChanges(row.contacts, contacts, null, rules.cityCode),
  }
}

function isSame(
  row: LockedRow,
  field: string,
  change: ClientPatch,
  contacts: readonly ContactDraft[],
): boolean {
  if (change.contacts) return sameContacts(change.contacts, contacts)
  const key = customKey(field)
  if (key !== null) return isDeepStrictEqual(change.custom![key] ?? null, row.custom[key] ?? null)
  const property = propertyOf(field)
  return isDeepStrictEqual(cleanFields(change).row[columnOf(property)!], row[property as keyof CellClient])
}

/** The same contacts, whatever their order: a cell of one kind moves that kind to the end of the list. */
const sameContacts = (next: readonly ContactDraft[], now: readonly ContactDraft[]) =>
  next.length === now.length &&
  next.every(
    (draft) =>
      draft.id !== undefined && now.some(({ id, value }) => id === draft.id && value === draft.value),
  )

/** Changed by somebody after the version the person saw. A list is one field by version: what he saw of his part of it decides. */
function isOvertaken(row: LockedRow, { field, version, seen }: PlannedEdit): boolean {
  if (version === undefined) return false
  const property = propertyOf(field)
  if ((row.fieldVersions[columnOf(property) ?? property] ?? 0) <= version) return false
  const isPart = isContacts(field) || customKey(field) !== null
  return !isPart || seen === undefined || cellText(row, field) !== seen
}

const journaled = (field: string) => (isContacts(field) ? null : columnOf(propertyOf(field))!)
