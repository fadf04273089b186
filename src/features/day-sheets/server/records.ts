import type { z } from 'zod'
import { type DayRecord, type listDayRecords, ofClients } from '#features/day-sheets/contract.ts'
import { page } from '#features/indicators/server/records.ts'
import { whoseSql } from '#features/indicators/server/families.ts'
import type { Moments } from '#features/indicators/server/periods.ts'
import type { Caller } from '#server/auth/caller.ts'
import type { Params } from '#server/db/params.ts'
import type { Tx } from '#server/db/tx.ts'
import { daySql, sourceOf, sources, spanOf } from './sources.ts'

type Input = z.output<(typeof listDayRecords)['input']>

/** One page of the entries or clients behind a figure, the latest first. */
export async function recordsPage(tx: Tx, caller: Pick<Caller, 'role'>, input: Input) {
  const span = await spanOf(tx, input)
  return page<DayRecord>(tx, input, (params) => recordsSql(caller, input, span, params))
}

/** What follows `select`: the records of one figure, each once for a day's person. */
export function recordsSql(
  caller: Pick<Caller, 'role'>,
  input: Pick<Input, 'from' | 'to' | 'user' | 'team' | 'figure'>,
  span: Moments,
  params: Params,
): string {
  const { from, where, who, at, distinct, figures } = sources[sourceOf[input.figure]](span, params)
  const conditions = `${where} and ${figures[input.figure]} and ${who} is not null and ${whoseSql(who, input, caller, params)}`
  const clients = ofClients.includes(input.figure)
  const names = clients
    ? `c.id, c.id as "clientId", c.name as "clientName", null as kind, null as text, null as result, null::timestamptz as "movedTo"`
    : `a.id, a.client_id as "clientId", c.name as "clientName", a.kind, a.text,
       nullif(concat_ws(': ', a.outcome, coalesce(a.result, a.cancel_reason)), '') as result,
       ${input.figure === 'moved' ? 'm.to_at' : 'null::timestamptz'} as "movedTo"`
  const joined = clients ? from : `${from} left join clients c on c.id = a.client_id`
  if (!distinct) return `${names}, ${at} as at, ${who} as "userId" from ${joined} where ${conditions}`
  const each = `${who}, ${daySql(at)}, ${distinct}`
  return `* from (select distinct on (${each}) ${names}, ${at} as at, ${who} as "userId" from ${joined}
        where ${conditions} order by ${each}, ${at} desc) once`
}
