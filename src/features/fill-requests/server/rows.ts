import type { z } from 'zod'
import { clientsJson } from '#features/clients/server/client-json.ts'
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
  caller: Pick<Caller, 'role'>,
  request: StoredRequest,
  input: Input,
): Promise<{ items: FillRow[]; nextCursor: string | null }> {
  const params = new Params()
  const row = await rowOf<{ found: Found[] | null; items: string }>(
    tx,
    `with found as materialized (${pageSql(caller, request, input, params)}),
       page as materialized (select id, n from found where n <= ${input.limit}),
       ${clientsJson('page')}
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

function pageSql(caller: Pick<Caller, 'role'>, request: StoredRequest, input: Input, params: Params): string {
  const columns = cellsOf(request, params)
  const done = doneSql(columns, request.quality)
  const id = `${params.add(request.id)}::uuid`
  const walk = caller.role === 'head' && input.owner === undefined && request.size > fewClients
  const source = walk
    ? `clients c join fill_request_clients f on f.request_id = ${id} and f.client_id = c.id join client_states v on v.client_id = c.id`
    : `${clientsOf(caller, id)} join clients c on c.id = f.client_id`
  const parts = ['c.archived_at is null']
  if (input.owner === 'none') parts.push('v.owner_id is null')
  else if (input.owner !== undefined) parts.push(`v.owner_id = ${params.add(input.owner)}::uuid`)
  if (input.state !== 'all') parts.push(input.state === 'done' ? done : `not (${done})`)
  if (input.client !== undefined) parts.push(`f.client_id = ${params.add(input.client)}::uuid`)
  const after = decodeCursor(input.cursor, isKeyAndId)
  if (after) {
    parts.push(
      `(c.name_key, c.id) > (${params.add(after[0])}::text collate "C", ${params.add(after[1])}::uuid)`,
    )
  }
  return `select p.*, row_number() over (order by key, id)::int as n from (
      select c.id, c.name_key as key, f.asked, array[${columns.map(codeSql).join(', ')}]::int[] as codes, ${done} as done
      from ${source} where ${parts.join(' and ')} order by c.name_key, c.id limit ${input.limit + 1}) p`
}

const stateOfCode = Object.fromEntries(states.map((state): [number, State] => [stateCodes[state], state]))

const cellsOfRow = (request: StoredRequest, { asked, codes }: Found): FillRow['cells'] =>
  Object.fromEntries(
    request.columns.map((column, at) => {
      const state = stateOfCode[codes[at]!]!
      return [column, { state, asked: (asked & (1 << at)) !== 0, filled: isFilled(state, request.quality) }]
    }),
  )
