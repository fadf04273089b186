import type { z } from 'zod'
import {
  type Indicator,
  type IndicatorRecord,
  type listIndicatorRecords,
  ofEntries,
} from '#features/indicators/contract.ts'
import { noRequirements, requirementsOf } from '#features/reports/server/requirements.ts'
import type { Caller } from '#server/auth/caller.ts'
import { Params } from '#server/db/params.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { decodeCursor, encodeCursor } from '#server/http/cursor.ts'
import { families, familyOf, whoseSql } from './families.ts'
import { checkedDays, type Moments, momentsOf } from './periods.ts'

type Input = z.output<(typeof listIndicatorRecords)['input']>

/** Where a page ends, and the count told on the first one. */
export interface Cursor {
  at: string
  id: string
  count: number
}

/** One page of the records behind a figure, the latest first. */
export async function recordsPage(tx: Tx, caller: Caller, input: Input) {
  const { periods, today } = await momentsOf(tx, [checkedDays(input)])
  const needs = familyOf[input.indicator] === 'complete' ? await requirementsOf(tx) : noRequirements
  const source = (params: Params) => {
    const family = families[familyOf[input.indicator]]({
      params,
      period: periods[0] as Moments,
      today,
      needs,
    })
    const conditions = [
      family.where,
      family.figures[input.indicator],
      whoseSql(family.who, input, caller, params),
      ...narrowed(input, params),
    ]
    return { ...family, conditions: conditions.join(' and ') }
  }
  return page(tx, input, (params) => {
    const { from, who, at, conditions } = source(params)
    return `${columnsOf(input.indicator, who, at)} from ${from}${joined(input.indicator)} where ${conditions}`
  }) as Promise<{ items: IndicatorRecord[]; nextCursor: string | null; count: number }>
}

function narrowed({ indicator, kind, outcome }: Input, params: Params): string[] {
  if (!ofEntries.includes(indicator)) return []
  return [
    ...(kind?.length ? [`a.kind = any (${params.add(kind)}::text[])`] : []),
    ...(outcome === undefined
      ? []
      : [outcome === 'none' ? 'a.outcome is null' : `a.outcome = ${params.add(outcome)}`]),
  ]
}

const columnsOf = (indicator: Indicator, who: string, at: string) =>
  ofEntries.includes(indicator)
    ? `a.id, a.client_id as "clientId", c.name as "clientName", ${who} as "userId", ${at} as at, a.kind, a.text, a.outcome`
    : `c.id, c.id as "clientId", c.name as "clientName", ${who} as "userId", ${at} as at, null as kind, null as text, null as outcome`

const joined = (indicator: Indicator) => {
  if (ofEntries.includes(indicator)) return ' left join clients c on c.id = a.client_id'
  return familyOf[indicator] === 'complete' ? ' join clients c on c.id = v.client_id' : ''
}

/**
 * A page of any list of (…, id, at), the latest first; `select` adds its parameters and says what follows `select`.
 * Counted once, with the first page.
 */
export async function page<Item extends { id: string; at: string }>(
  tx: Tx,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
  select: (params: Params) => string,
): Promise<{ items: Item[]; nextCursor: string | null; count: number }> {
  const after = decodeCursor(cursor, isCursor)
  const counting = new Params()
  const count =
    after?.count ??
    (await rowOf<{ count: number }>(
      tx,
      `select count(*)::int as count from (select ${select(counting)}) r`,
      counting.values,
    ))!.count
  const params = new Params()
  const rows = `(select ${select(params)}) r`
  const past = after
    ? `where (r.at, r.id) < (${params.add(after.at)}::timestamptz, ${params.add(after.id)}::uuid)`
    : ''
  const found =
    count === 0
      ? []
      : await rowsOf<Item>(
          tx,
          `select * from ${rows} ${past} order by r.at desc, r.id desc limit ${limit + 1}`,
          params.values,
        )
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return {
    items,
    nextCursor: found.length > limit && last ? encodeCursor({ at: last.at, id: last.id, count }) : null,
    count,
  }
}

export const isCursor = (at: unknown): at is Cursor => {
  const given = (at ?? {}) as Partial<Cursor>
  return (
    typeof given.at === 'string' && /^[0-9a-f-]{36}$/.test(String(given.id)) && Number.isInteger(given.count)
  )
}
