import type { z } from 'zod'
import { clientsJson } from '#features/clients/server/client-json.ts'
import type { Viewer } from '#features/clients/server/list.ts'
import type { FillRow, listFillClients } from '#features/fill-requests/contract.ts'
import { type State, states } from '#features/reports/contract.ts'
import { stateCodes } from '#features/reports/server/columns.ts'
import type { Caller } from '#server/auth/caller.ts'
import { Params } from '#server/db/params.ts'
import { rowOf, type Tx } from '#server/db/tx.ts'
import { decodeCursor, encodeCursor, isKeyAndId } from '#server/http/cursor.ts'
import { cellsOf, codeSql, doneSql, isFilled } from './cells.ts'
import { clientsOf } from './clients-of.ts'
import type { StoredRequest } from './queries.ts'

type Input = z.output<(typeof listFillClients)['input']>

/** Up to so many clients are found first and then sorted by name; of more, the walk along the names soon meets enough. */
const fewClients = 30_000

interface Found {
  id: string
  key: string
  asked: number
  codes: number[]
  done: boolean
}

/** One page of a request's clients by name: the whole client, and the state of each asked cell. */
export async function rowsPage(
  tx: Tx,
  caller: Viewer,
  request: StoredRequest,
  input: Input,
  few = fewClients,
): Promise<{ items: FillRow[]; nextCursor: string | null }> {
  const many = await meetsMany(tx, caller, request, input, few)
  const params = new Params()
  const row = await rowOf<{ found: Found[] | null; items: string }>(
    tx,
    `with found as materialized (${pageSql(caller, request, input, many, params)}),
       page as materialized (select id, n from found where n <= ${input.limit}),
       ${clientsJson('page', undefined, caller.masked)}
     select items, (select json_agg(found order by n) from found) as found from items`,
    params.values,
  )
  const found = row!.found ?? []
  const clients = new Map(
    (JSON.parse(row!.items) as FillRow['client'][]).map((client) => [client.id, client]),
  )
  const shown = found.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: shown.map((one) => ({
      client: clients.get(one.id)!,
      cells: cellsOfRow(request, one),
      done: one.done,
    })),
    nextCursor: found.length > input.limit && last ? encodeCursor([last.key, last.id]) : null,
  }
}

/** Whether so many clients match that walking along their names meets a page sooner than finding and sorting them all. */
async function meetsMany(
  tx: Tx,
  caller: Pick<Caller, 'role'>,
  request: StoredRequest,
  input: Input,
  few: number,
): Promise<boolean> {
  if (caller.role !== 'head' || input.owner !== undefined || input.client !== undefined) return false
  if (request.size <= few) return false
  const params = new Params()
  const { where } = matching(request, input, params)
  const from = clientsOf(caller, `${params.add(request.id)}::uuid`)
  const row = await rowOf<{ count: number }>(
    tx,
    `select count(*)::int as count from (select 1 from ${from} where ${where} limit ${few + 1}) matching`,
    params.values,
  )
  return row!.count > few
}

/** The clients of a request in the state asked for: `f` beside the states `v`. */
function matching(request: StoredRequest, input: Input, params: Params) {
  const columns = cellsOf(request, params)
  const done = doneSql(columns, request.quality)
  const parts = ['true']
  if (input.owner === 'none') parts.push('v.owner_id is null')
  else if (input.owner !== undefined) parts.push(`v.owner_id = ${params.add(input.owner)}::uuid`)
  if (input.state !== 'all') parts.push(input.state === 'done' ? done : `not (${done})`)
  if (input.client !== undefined) parts.push(`f.client_id = ${params.add(input.client)}::uuid`)
  return {
    where: parts.join(' and '),
    cells: `f.asked, array[${columns.map(codeSql).join(', ')}]::int[] as codes, ${done} as done`,
  }
}

function pageSql(
  caller: Pick<Caller, 'role'>,
  request: StoredRequest,
  input: Input,
  many: boolean,
  params: Params,
): string {
  const { where, cells } = matching(request, input, params)
  const id = `${params.add(request.id)}::uuid`
  const after = decodeCursor(input.cursor, isKeyAndId)
  const past = after
    ? ` and (c.name_key, c.id) > (${params.add(after[0])}::text collate "C", ${params.add(after[1])}::uuid)`
    : ''
  const page = `order by c.name_key, c.id limit ${input.limit + 1}`
  const found = many
    ? `select c.id, c.name_key as key, m.* from clients c cross join lateral (
         select ${cells} from fill_request_clients f join client_states v on v.client_id = f.client_id
         where f.request_id = ${id} and f.client_id = c.id and ${where}) m
       where c.archived_at is null${past} ${page}`
    : `select c.id, c.name_key as key, m.asked, m.codes, m.done from (
         select f.client_id, ${cells} from ${clientsOf(caller, id)} where ${where} offset 0) m join clients c on c.id = m.client_id
       where c.archived_at is null${past} ${page}`
  return `select p.*, row_number() over (order by key, id)::int as n from (${found}) p`
}

const stateOfCode = Object.fromEntries(states.map((state): [number, State] => [stateCodes[state], state]))

const cellsOfRow = (request: StoredRequest, { asked, codes }: Found): FillRow['cells'] =>
  Object.fromEntries(
    request.columns.map((column, at) => {
      const state = stateOfCode[codes[at]!]!
      return [column, { state, asked: (asked & (1 << at)) !== 0, filled: isFilled(state, request.quality) }]
    }),
  )
