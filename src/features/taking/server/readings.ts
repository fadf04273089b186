import type { z } from 'zod'
import type { getReadings, Readings } from '#features/taking/contract.ts'
import { Params } from '#server/db/params.ts'
import { rowsOf, type Tx } from '#server/db/tx.ts'
import { midnightSql } from './queries.ts'

type Scope = z.output<(typeof getReadings)['input']>

/** Points of a chart, also those without a figure; hours for at most this many days. */
const mostHourDays = 31

/** What was read and taken by the day or the hour, and what is usual for one person. */
export async function readingsOf(tx: Tx, { from, to, user, step: asked }: Scope): Promise<Readings> {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000
  const step = days < mostHourDays ? asked : 'day'
  const params = new Params()
  const whose = user ? `= any (${params.add(user)}::uuid[])` : 'is not null'
  const start = midnightSql(`${params.add(from)}::date`)
  const end = midnightSql(`(${params.add(to)}::date + 1)`)
  const zone = '(select time_zone from company)'
  const bucket = (moment: string) => `date_trunc('${step}', ${moment}, ${zone})`
  // A day of the company is a day wherever its reader sits.
  const said = step === 'day' ? `to_char(p.at at time zone ${zone}, 'YYYY-MM-DD')` : 'p.at'
  const points = await rowsOf<Readings['points'][number]>(
    tx,
    `with read as (
       select ${bucket('r.hour')} as at, r.kind, sum(r.rows)::bigint as rows from reading_counts r
       where r.hour >= ${start} and r.hour < ${end} and r.user_id ${whose} group by 1, 2),
     kinds as (
       select at, jsonb_object_agg(kind, rows) as kinds, sum(rows) filter (where kind in ('list', 'card', 'report', 'api'))::bigint as rows
       from read group by 1),
     taken as (
       select ${bucket('t.at')} as at, sum(t.rows)::bigint as rows from takings t
       where t.at >= ${start} and t.at < ${end} and t.user_id ${whose} and t.counted group by 1)
     select ${said} as "from", coalesce(k.rows, 0) as read, coalesce(t.rows, 0) as taken, coalesce(k.kinds, '{}') as kinds
     from generate_series(${start}, ${end} - interval '1 hour', interval '1 ${step}', ${zone}) p (at)
       left join kinds k on k.at = p.at left join taken t on t.at = p.at
     where p.at <= product_now() order by p.at`,
    params.values,
  )
  return { points, usual: user?.length === 1 ? await usualOf(tx, user[0]!, from, step) : null }
}

async function usualOf(tx: Tx, user: string, from: string, step: 'day' | 'hour'): Promise<number | null> {
  const before = midnightSql('$2::date')
  const [row] = await rowsOf<{ usual: number | null }>(
    tx,
    `select percentile_cont(0.5) within group (order by d.rows) as usual from (
       select sum(r.rows) as rows from reading_counts r
       where r.user_id = $1 and r.hour >= ${before} - interval '30 days' and r.hour < ${before} and r.kind in ('list', 'card', 'report', 'api')
       group by date_trunc('${step}', r.hour, (select time_zone from company))) d`,
    [user, from],
  )
  return row!.usual
}
