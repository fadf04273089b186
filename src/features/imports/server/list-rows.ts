import type { z } from 'zod'
import type { Client } from '#features/clients/contract.ts'
import { clientJson } from '#features/clients/server/client-json.ts'
import type { ImportRow, listImportRows, RowOutcome } from '#features/imports/contract.ts'
import type { Mapping } from '#features/imports/mapping.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { type Language, notFound } from '#server/http/problem.ts'
import { rowToClient } from './reading/rows-to-clients.ts'
import { reasonSentence } from './reason-words.ts'
import { changesOf } from './row-changes.ts'
import { fitDraft } from './staging/fit-draft.ts'
import { type StageContext, stageContext } from './staging/stage-context.ts'
import { CELL_SEPARATOR } from './staging/stage-row.ts'

type Query = z.output<(typeof listImportRows)['input']>

interface StagedRow {
  number: number
  cells: string
  problem: string | null
  name: string | null
  leader: number | null
  found: RowOutcome
  outcome: RowOutcome
  reason: string | null
  ownerId: string | null
  decision: ImportRow['decision']
}

const staged = `r.number, r.cells, r.problem, r.name, m.leader, m.found, m.outcome, m.reason, m.owner_id as "ownerId", d.decision`
const joined = `import_matches m join import_rows r on r.import_id = m.import_id and r.number = m.number
  left join import_decisions d on d.import_id = m.import_id and d.number = m.number`

/** A page of an import's rows in the order of the file, judged cell by cell. @throws Problem 404 */
export async function listRows(tx: Tx, { id, outcome, cursor, limit }: Query, language: Language) {
  const mapping = await mappingOf(tx, id)
  const rows = await rowsOf<StagedRow>(
    tx,
    `select ${staged} from ${joined}
     where m.import_id = $1 and m.number > $2 and ($3::text is null or m.outcome = $3) order by m.number limit $4`,
    [id, Number.parseInt(cursor ?? '0', 10) || 0, outcome ?? null, limit + 1],
  )
  const items = await describe(tx, id, mapping, rows.slice(0, limit), language)
  return { items, nextCursor: rows.length > limit ? String(items.at(-1)!.number) : null }
}

/** One row. @throws Problem 404 */
export async function findRow(tx: Tx, id: string, number: number, language: Language): Promise<ImportRow> {
  const mapping = await mappingOf(tx, id)
  const rows = await rowsOf<StagedRow>(
    tx,
    `select ${staged} from ${joined} where m.import_id = $1 and m.number = $2`,
    [id, number],
  )
  const [row] = await describe(tx, id, mapping, rows, language)
  if (!row) throw notFound()
  return row
}

async function mappingOf(tx: Tx, id: string): Promise<Mapping | null> {
  const found = await rowOf<{ mapping: Mapping | null }>(tx, 'select mapping from imports where id = $1', [
    id,
  ])
  if (!found) throw notFound()
  return found.mapping
}

async function describe(
  tx: Tx,
  id: string,
  mapping: Mapping | null,
  rows: StagedRow[],
  language: Language,
): Promise<ImportRow[]> {
  if (!mapping || rows.length === 0) return []
  const numbers = rows.map(({ number }) => number)
  const context = await stageContext(tx)
  const targets = await rowsOf<{ number: number; clientId: string }>(
    tx,
    'select number, client_id as "clientId" from import_targets($1, $2::int[])',
    [id, numbers],
  )
  const twins = await rowsOf<ImportRow['twins'][number] & { number: number }>(
    tx,
    `select number, client_id as id, name, owner_name as "ownerName", archived from import_twins($1, $2::int[])`,
    [id, numbers],
  )
  const targetOf = new Map(targets.map(({ number, clientId }) => [number, clientId]))
  for (const { number, id } of twins) if (id !== null && !targetOf.has(number)) targetOf.set(number, id)
  const targetIds = [...new Set(targetOf.values())]
  const clients = await clientsOf(tx, targetIds)
  const masked = await maskedOf(tx, targetIds)
  return rows.map((row) => {
    const clientId = targetOf.get(row.number) ?? null
    const own = twins.filter(({ number }) => number === row.number).map(({ number: _, ...twin }) => twin)
    const described = describeRow(row, mapping, context, clientId, clients.get(clientId ?? ''), own, language)
    return masked.has(clientId ?? '')
      ? { ...described, changes: withoutContacts(described.changes) }
      : described
  })
}

/** Those whose contacts are masked to the caller: the row's are not written beside them, and which of them are there is not told. */
async function maskedOf(tx: Tx, ids: string[]): Promise<Set<string>> {
  const rows = await rowsOf<{ id: string }>(
    tx,
    'select id from unnest($1::uuid[]) id where masks() and not contacts_clear(id)',
    [ids],
  )
  return new Set(rows.map(({ id }) => id))
}

const withoutContacts = (changes: ImportRow['changes']) => changes.filter(({ field }) => field !== 'contacts')

/** As the caller: one he no longer sees is simply not there. */
async function clientsOf(tx: Tx, ids: string[]): Promise<Map<string, Client>> {
  const rows = await rowsOf<{ client: Client }>(
    tx,
    `select ${clientJson} as client from clients c where c.id = any ($1::uuid[])`,
    [ids],
  )
  return new Map(rows.map(({ client }) => [client.id, client]))
}

function describeRow(
  row: StagedRow,
  mapping: Mapping,
  context: StageContext,
  clientId: string | null,
  client: Client | undefined,
  twins: ImportRow['twins'],
  language: Language,
): ImportRow {
  const cells = row.cells.split(CELL_SEPARATOR)
  const { draft, cells: verdicts } = rowToClient(mapping, row.number, cells, context)
  const compared = client && draft && row.outcome !== 'create'
  return {
    number: row.number,
    outcome: row.outcome,
    reason: reasonSentence(row.reason)?.[language] ?? null,
    cells,
    verdicts,
    name: row.name,
    ownerId: row.ownerId,
    clientId: client ? clientId : null,
    sameAs: row.leader !== null && row.leader !== row.number ? row.leader : null,
    decision: row.decision,
    changes: compared ? changesOf(fitDraft(draft, context), client, row.outcome === 'skip') : [],
    twins,
  }
}
