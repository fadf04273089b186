import { type DayFigure, dayFigures, type DayScope } from '#features/day-sheets/contract.ts'
import { everybody, within } from '#features/indicators/server/families.ts'
import { checkedDays, type Moments, momentsOf } from '#features/indicators/server/periods.ts'
import { Params } from '#server/db/params.ts'
import type { Tx } from '#server/db/tx.ts'

/** Rows that figures are counted from in one reading; a figure and the list behind it are made of the same conditions. */
export interface Source {
  from: string
  where: string
  /** Column of the person whose day it is. */
  who: string
  /** The moment that says which day. */
  at: string
  /** What is counted, where a row is not one of them. */
  distinct?: string
  figures: Partial<Record<DayFigure, string>>
}

/** The days asked for as moments. @throws Problem 422 where the period ends before it begins */
export async function spanOf(tx: Tx, scope: DayScope): Promise<Moments> {
  return (await momentsOf(tx, [checkedDays(scope)])).periods[0]!
}

/** SQL: the day of the company a moment falls on. */
export const daySql = (moment: string) => `(${moment} at time zone (select time_zone from company))::date`

const done = `a.done_at is not null and a.kind <> 'note'`

export const sources = {
  stood: (span: Moments, params: Params): Source => ({
    from: 'activities a',
    where: `a.client_id is not null and a.user_id ${everybody} and ${within('a.moment', span, params)}`,
    who: 'a.user_id',
    at: 'a.moment',
    figures: {
      done,
      call: `${done} and a.kind = 'call'`,
      meeting: `${done} and a.kind = 'meeting'`,
      letter: `${done} and a.kind = 'letter'`,
      task: `${done} and a.kind = 'task'`,
      cancelled: 'a.cancelled_at is not null',
    },
  }),
  due: (span: Moments, params: Params): Source => ({
    from: 'activities a',
    where: `a.client_id is not null and a.cancelled_at is null and ${within('a.due_at', span, params)}`,
    who: 'a.user_id',
    at: 'a.due_at',
    figures: {
      planned: 'true',
      kept: `${daySql('a.done_at')} = ${daySql('a.due_at')}`,
    },
  }),
  left: (span: Moments, params: Params): Source => ({
    from: 'activity_moves m join activities a on a.id = m.activity_id',
    where: `a.client_id is not null and m.user_id ${everybody} and ${within('m.from_at', span, params)}
      and ${daySql('m.to_at')} <> ${daySql('m.from_at')}
      and ${daySql('m.moved_at')} >= ${daySql('m.from_at')}`,
    who: 'm.user_id',
    at: 'm.from_at',
    distinct: 'm.activity_id',
    figures: { moved: 'true' },
  }),
  written: (span: Moments, params: Params): Source => ({
    from: 'activities a',
    where: `a.client_id is not null and a.created_by ${everybody} and ${within('a.created_at', span, params)}`,
    who: 'a.created_by',
    at: 'a.created_at',
    figures: { entered: 'true' },
  }),
  come: (span: Moments, params: Params): Source => ({
    from: 'clients c',
    where: `c.archived_at is null and ${within('c.created_at', span, params)}`,
    who: 'c.owner_id',
    at: 'c.created_at',
    figures: { newClients: 'true' },
  }),
  edited: (span: Moments, params: Params): Source => ({
    from: `${acts} join activities a on a.id = r.row_id`,
    where: `r.entity = 'activities' and r.op = 'u' and a.client_id is not null and ${madeIn(span, params)}
      and ${daySql('a.created_at')} <> ${daySql('s.at')}`,
    who: 's.author_id',
    at: 's.at',
    distinct: 'r.row_id',
    figures: { changedEntries: 'true' },
  }),
  changed: (span: Moments, params: Params): Source => ({
    from: `${acts} join clients c on c.id = r.client_id`,
    where: `r.entity <> 'activities' and ${madeIn(span, params)}
      and ${daySql('c.created_at')} <> ${daySql('s.at')}`,
    who: 's.author_id',
    at: 's.at',
    distinct: 'r.client_id',
    figures: { changedClients: 'true' },
  }),
}
export type SourceName = keyof typeof sources

// The partition's range keeps the others unread.
const acts = `change_sets s join changes r on r.change_set_id = s.id and r.at >= s.at and r.at < s.at + interval '1 day'`
const madeIn = (span: Moments, params: Params) =>
  `s.author_id ${everybody} and ${within('s.at', span, params)}`

/** The source a figure is counted from. */
export const sourceOf = Object.fromEntries(
  dayFigures.map((figure) => [
    figure,
    (Object.keys(sources) as SourceName[]).find(
      (name) => figure in sources[name]({ from: '', to: '' }, new Params()).figures,
    )!,
  ]),
) as Record<DayFigure, SourceName>
