import type { IndicatorScope } from '#features/indicators/contract.ts'
import { rowOf, type Tx } from '#server/db/tx.ts'
import { invalid } from '#server/http/problem.ts'

export interface Days {
  from: string
  to: string
}
/** A period as moments: from the first midnight of the company's zone to the one after the last day. */
export interface Moments {
  from: string
  to: string
}

/** The period compared with. @throws Problem 422 where its own days are asked for and not told */
export function earlierDays(scope: IndicatorScope): Days | null {
  switch (scope.compare) {
    case 'none':
      return null
    case 'before': {
      const days = daysBetween(scope.from, scope.to)
      return { from: shifted(scope.from, -days), to: shifted(scope.from, -1) }
    }
    case 'year':
      return { from: yearEarlier(scope.from), to: yearEarlier(scope.to) }
    case 'period':
      if (!scope.compareFrom || !scope.compareTo)
        throw invalid(scope.compareFrom ? 'compareTo' : 'compareFrom', {
          ru: 'Укажите период, с которым сравнить.',
          en: 'Tell the period to compare with.',
        })
      return checkedDays({ from: scope.compareFrom, to: scope.compareTo }, 'compareTo')
  }
}

/** @throws Problem 422 where the period ends before it begins */
export function checkedDays({ from, to }: Days, field = 'to'): Days {
  if (to >= from) return { from, to }
  throw invalid(field, {
    ru: 'Период кончается раньше, чем начинается.',
    en: 'The period ends before it begins.',
  })
}

/** Moments of periods, and the midnight that began today, by the company's clock. */
export async function momentsOf(
  tx: Tx,
  periods: readonly Days[],
): Promise<{ periods: Moments[]; today: string; timeZone: string }> {
  const row = await rowOf<{ periods: Moments[]; today: string; timeZone: string }>(
    tx,
    `select time_zone as "timeZone", date_trunc('day', product_now() at time zone time_zone) at time zone time_zone as today,
       (select json_agg(json_build_object('from', d."from"::timestamp at time zone c.time_zone,
          'to', (d."to" + 1)::timestamp at time zone c.time_zone) order by d.n)
        from unnest($1::date[], $2::date[]) with ordinality d ("from", "to", n)) as periods
     from company c`,
    [periods.map(({ from }) => from), periods.map(({ to }) => to)],
  )
  return row!
}

const dayMs = 86_400_000
const utc = (day: string) => Date.parse(`${day}T00:00:00Z`)
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
const daysBetween = (from: string, to: string) => Math.round((utc(to) - utc(from)) / dayMs) + 1
const shifted = (day: string, days: number) => dayOf(utc(day) + days * dayMs)

/** 29 February of a leap year answers to 28 February. */
function yearEarlier(day: string): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year - 1, month, 0)).getUTCDate()
  return dayOf(Date.UTC(year - 1, month - 1, Math.min(date, last)))
}
