import { cellText, customKey, isContacts, propertyOf } from '#features/clients/cell-text.ts'
import {
  mostReturned,
  type CellEdit,
  type CellResult,
  type CellsAct,
  type CreatedRow,
} from '#features/clients/cells-contract.ts'
import { fieldsOf, type CellContext } from '#features/clients/fields.ts'
import type { Client } from '#features/clients/contract.ts'
import type { Caller } from '#server/auth/caller.ts'
import { inChangeSet } from '#server/db/change-set.ts'
import { rowOf, rowsOf, send, type Tx } from '#server/db/tx.ts'
import { contactsMasked, type Language, type Sentence } from '#server/http/problem.ts'
import { cellRules } from './cell-rules.ts'
import { clientsJson } from './client-json.ts'
import { createRows, madeBefore, type NewRow } from './create-rows.ts'
import { type LockedRow, planRow, type Outcome } from './plan-cells.ts'
import { lockRows, planStatements } from './write-rows.ts'

export const unseen: Sentence = {
  ru: 'Клиент не найден: его нет или он вам не виден.',
  en: 'Client not found: there is none, or you may not see it.',
}

interface Answer {
  changeSetId: string | null
  cells: CellResult[]
  created: CreatedRow[]
  /** JSON text of the clients as they are now. */
  clients: string
  /** Whose values the answer holds. */
  told: string[]
}

/**
 * Writes cells of many clients and rows of new ones: one change-set, a handful of statements. Cells that do not fit, are not to be seen or
 * were changed by others meanwhile stay as they are and say why; all others are written.
 */
export async function editCells(
  tx: Tx,
  caller: Caller,
  language: Language,
  { act, edits, creates }: { act: CellsAct; edits: CellEdit[]; creates: NewRow[] },
): Promise<Answer> {
  const rules = await cellRules(tx, caller)
  const byClient = Map.groupBy(
    edits.map((edit, index) => ({ ...edit, index })),
    ({ id }) => id,
  )
  const fields = [...new Set(edits.map(({ field }) => field))]
  const rows =
    byClient.size > 0 ? await lockRows(tx, [...byClient.keys()], fields) : new Map<string, LockedRow>()
  const masked = caller.masked ? await maskedOf(tx, edits) : new Set<string>()
  const outcomes: Outcome[] = edits.map(() => ({ outcome: 'refused', sentence: unseen }))
  const plans = [...byClient].flatMap(([id, own]) => {
    const row = rows.get(id)
    if (!row) return []
    const open = masked.has(id) ? own.filter(({ field }) => !isContacts(field)) : own
    for (const { index } of own) outcomes[index] = { outcome: 'refused', sentence: contactsMasked().sentence }
    const plan = planRow(row, open, rules)
    open.forEach(({ index }, at) => (outcomes[index] = plan.outcomes[at]!))
    return [plan]
  })
  const written = outcomes.filter(({ outcome }) => outcome === 'written').length
  const there = await madeBefore(tx, creates)
  const named = creates.filter(({ id, cells }) => cells.name?.trim() && !there.has(id ?? '')).length
  const changeSetId = written + named > 0 ? await inChangeSet(tx, act, { cells: written, rows: named }) : null
  await send(tx, ...planStatements(plans))
  const created = creates.length > 0 ? await createRows(tx, caller, creates, rules, there) : []
  const nameOfUser = (id: string) => rules.users.find((user) => user.id === id)?.name ?? ''
  const context = { language, nameOfUser, formatInstant: (iso: string) => iso }
  const cells = outcomes.map((outcome, index) => ({ index, ...told(outcome, language) }))
  const befores = await valuesBefore(tx, edits, outcomes)
  for (const cell of cells) {
    if (cell.outcome !== 'conflict') continue
    const { id, field } = edits[cell.index]!
    const row = rows.get(id)!
    const shown = (client: LockedRow) => shownText(client, field, rules.customFields, context)
    const before = befores.get(cell.index)
    Object.assign(cell, {
      current: shown(row),
      before: before === undefined ? null : shown({ ...row, [propertyOf(field)]: before }),
    })
  }
  const touched = [...new Set(plans.map(({ row }) => row.id)), ...created.flatMap(({ id }) => id ?? [])]
  const returned = touched.slice(0, mostReturned)
  const conflicting = cells.flatMap(({ index, outcome }) => (outcome === 'conflict' ? edits[index]!.id : []))
  return {
    changeSetId,
    cells,
    created: created.map(({ sentence, refused, ...row }) => ({
      ...row,
      ...(sentence && { message: sentence[language] }),
      refused: refused.map(({ field, sentence }) => ({ field, message: sentence[language] })),
    })),
    clients: await clientsNow(tx, caller, returned),
    told: [...new Set([...returned, ...conflicting])],
  }
}

/** Clients whose contacts are to be written and are masked to the caller. */
async function maskedOf(tx: Tx, edits: readonly CellEdit[]): Promise<Set<string>> {
  const ids = edits.flatMap(({ id, field }) => (isContacts(field) ? [id] : []))
  if (ids.length === 0) return new Set()
  const rows = await rowsOf<{ id: string }>(
    tx,
    'select id from unnest($1::uuid[]) id where not contacts_clear(id)',
    [[...new Set(ids)]],
  )
  return new Set(rows.map(({ id }) => id))
}

const told = (outcome: Outcome, language: Language): Omit<CellResult, 'index'> =>
  outcome.outcome === 'refused'
    ? { outcome: 'refused', message: outcome.sentence[language] }
    : { outcome: outcome.outcome }

/** A cell in words: a name, not an id. */
function shownText(
  client: LockedRow,
  field: string,
  customFields: readonly { key: string; title: string }[],
  context: CellContext,
): string {
  if (isContacts(field) || customKey(field) !== null) return cellText(client, field)
  return fieldsOf([field], customFields)[0]!.text(client as unknown as Client, context)
}

const mostAsked = 1_000

/** Index of a conflicting cell → its value before the first change its author had not seen, where the journal knows it. */
async function valuesBefore(
  tx: Tx,
  edits: readonly CellEdit[],
  outcomes: readonly Outcome[],
): Promise<Map<number, unknown>> {
  const asked = outcomes.flatMap((outcome, n) =>
    outcome.outcome === 'conflict' && outcome.column
      ? [{ n, id: edits[n]!.id, version: edits[n]!.version, col: outcome.column }]
      : [],
  )
  if (asked.length === 0) return new Map()
  const found = await rowsOf<{ n: number; value: unknown }>(
    tx,
    `select g.n, b.value from json_to_recordset($1) as g(n int, id uuid, version int, col text) cross join lateral (
       select ch.before -> g.col as value from changes ch
       where ch.client_id = g.id and ch.entity = 'clients' and ch.row_id = g.id and ch.op = 'u' and ch.before ? g.col
         and (ch.before ->> 'version')::int >= g.version
       order by (ch.before ->> 'version')::int limit 1) b`,
    [JSON.stringify(asked.slice(0, mostAsked))],
  )
  return new Map(found.map(({ n, value }) => [n, value]))
}

async function clientsNow(tx: Tx, { masked }: Caller, ids: readonly string[]): Promise<string> {
  if (ids.length === 0) return '[]'
  const row = await rowOf<{ items: string }>(
    tx,
    `with page as materialized (select id, n from unnest($1::uuid[]) with ordinality given(id, n)), ${clientsJson('page', undefined, masked)} select items from items`,
    [ids],
  )
  return row!.items
}
