import type { z } from 'zod'
import type { ActivityKind } from '#features/activities/contract.ts'
import type { getOutcomes, getTrend } from '#features/indicators/contract.ts'
import { noRequirements } from '#features/reports/server/requirements.ts'
import type { Caller } from '#server/auth/caller.ts'
import { Params } from '#server/db/params.ts'
import { rowsOf, type Tx } from '#server/db/tx.ts'
import { families, familyOf, whoseSql } from './families.ts'
import { checkedDays, type Moments, momentsOf } from './periods.ts'

type TrendInput = z.output<(typeof getTrend)['input']>

interface Point {
  from: string
  value: number | null
}

/** A figure step by step; a step with nothing in it is a zero. */
export async function trendOf(tx: Tx, caller: Caller, input: TrendInput): Promise<{ points: Point[] }> {
  const { periods, today, timeZone } = await momentsOf(tx, [checkedDays(input)])
  if (input.indicator === 'completeness') return { points: await completeness(tx, caller, input) }
  const params = new Params()
  const family = families[familyOf[input.indicator]]({
    params,
    period: periods[0] as Moments,
    today,
    needs: noRequirements,
  })
  const step = params.add(input.step)
  const zone = params.add(timeZone)
  const [first, last] = [params.add(input.from), params.add(input.to)]
  const points = await rowsOf<Point>(
    tx,
    `with counted as (
       select date_trunc(${step}, ${family.at} at time zone ${zone})::date as day, count(*)::int as value
       from ${family.from} where ${family.where} and ${family.figures[input.indicator]} and ${whoseSql(family.who, input, caller, params)} group by 1)
     select s.day::date::text as "from", coalesce(c.value, 0) as value
     from generate_series(date_trunc(${step}, ${first}::date::timestamp), ${last}::date::timestamp, ('1 ' || ${step})::interval) s (day)
       left join counted c on c.day = s.day::date order by s.day`,
    params.values,
  )
  return { points }
}

/** The last noted day of each step. */
function completeness(tx: Tx, caller: Caller, input: TrendInput): Promise<Point[]> {
  const params = new Params()
  const step = params.add(input.step)
  const [first, last] = [params.add(input.from), params.add(input.to)]
  return rowsOf<Point>(
    tx,
    `with days as (
       select d.day, date_trunc(${step}, d.day::timestamp)::date as step, sum(d.complete)::float8 / nullif(sum(d.clients), 0) as share
       from completeness_days d where d.day between ${first}::date and ${last}::date and ${whoseSql('d.owner_id', input, caller, params)}
       group by d.day)
     select s.day::date::text as "from", (select d.share from days d where d.step = s.day::date order by d.day desc limit 1) as value
     from generate_series(date_trunc(${step}, ${first}::date::timestamp), ${last}::date::timestamp, ('1 ' || ${step})::interval) s (day)
     order by s.day`,
    params.values,
  )
}

/** Done entries by kind and outcome, the most frequent first. */
export async function outcomesOf(tx: Tx, caller: Caller, input: z.output<(typeof getOutcomes)['input']>) {
  const { periods, today } = await momentsOf(tx, [checkedDays(input)])
  const params = new Params()
  const family = families.stood({ params, period: periods[0] as Moments, today, needs: noRequirements })
  const cells = await rowsOf<{
    kind: ActivityKind
    outcome: string | null
    count: number
  }>(
    tx,
    `select a.kind, a.outcome, count(*)::int as count from ${family.from}
     where ${family.where} and ${family.figures.done} and ${whoseSql(family.who, input, caller, params)}
     group by 1, 2 order by 3 desc, 1, 2`,
    params.values,
  )
  return { cells }
}
