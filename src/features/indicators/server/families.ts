import type { Indicator } from '#features/indicators/contract.ts'
import { requiredSql, type Requirements } from '#features/reports/server/requirements.ts'
import type { Caller } from '#server/auth/caller.ts'
import type { Params } from '#server/db/params.ts'
import type { Moments } from './periods.ts'

/** Rows that several indicators are counted from in one reading. A figure and the list behind it are made of the same conditions. */
export interface Family {
  /** What stands in `from`, with everything the figures name. */
  from: string
  /** Which rows it reads, without whose they are. */
  where: string
  /** Column of the person it counts for. */
  who: string
  /** When: the order of the list behind a figure. */
  at: string
  figures: Partial<Record<Indicator, string>>
}

export interface Whose {
  user?: string[] | undefined
  team?: string[] | undefined
}

export interface FamilyContext {
  params: Params
  period: Moments
  /** The midnight that began today. */
  today: string
  needs: Requirements
}

/** Everybody, as a list an index of (person, moment) is walked by. */
export const everybody = '= any (array(select id from users))'
const talks = `('call', 'meeting', 'letter')`
const done = `a.done_at is not null and a.kind <> 'note'`
const lostStages = `(select name from choices where field = 'stage' and is_lost)`

export const families = {
  stood: ({ params, period }: FamilyContext): Family => ({
    from: 'activities a',
    where: `a.user_id ${everybody} and ${within('a.moment', period, params)}`,
    who: 'a.user_id',
    at: 'a.moment',
    figures: {
      done,
      call: `${done} and a.kind = 'call'`,
      meeting: `${done} and a.kind = 'meeting'`,
      letter: `${done} and a.kind = 'letter'`,
      task: `${done} and a.kind = 'task'`,
      note: `a.kind = 'note'`,
      cancelled: 'a.cancelled_at is not null',
    },
  }),
  due: ({ params, period }: FamilyContext): Family => ({
    from: 'activities a',
    where: within('a.due_at', period, params),
    who: 'a.user_id',
    at: 'a.due_at',
    figures: { planned: 'a.cancelled_at is null' },
  }),
  late: ({ params, today }: FamilyContext): Family => ({
    from: 'activities a',
    where: `a.done_at is null and a.cancelled_at is null and a.due_at < ${params.add(today)}::timestamptz`,
    who: 'a.user_id',
    at: 'a.due_at',
    figures: { overdue: 'true' },
  }),
  // What was done stands at the moment it was done: the index of a client's entries leaves the earlier ones out.
  entered: ({ params, period }: FamilyContext): Family => ({
    from: `clients c left join lateral (
      select min(a.done_at) as at from activities a
      where a.client_id = c.id and a.moment >= c.created_at and a.done_at >= c.created_at and a.kind in ${talks}) answer on true`,
    where: `c.archived_at is null and ${within('c.created_at', period, params)}`,
    who: 'c.owner_id',
    at: 'c.created_at',
    figures: { newClients: 'true', answered: 'answer.at is not null' },
  }),
  lost: ({ params, period }: FamilyContext): Family => ({
    // Two roads to a loss, each by its own index.
    from: `(select id, archived_at as at from clients where ${within('archived_at', period, params)}
      union
      select c.id, max(ch.at) from changes ch join clients c on c.id = ch.row_id
      where ch.entity = 'clients' and ch.op = 'u' and ch.after ? 'stage' and ${within('ch.at', period, params)}
        and ch.after ->> 'stage' in ${lostStages} and c.stage in ${lostStages} and c.archived_at is null
      group by c.id) loss join clients c on c.id = loss.id`,
    where: 'true',
    who: 'c.owner_id',
    at: 'loss.at',
    figures: { lostClients: 'true' },
  }),
  kept: (): Family => ({
    from: 'clients c',
    where: 'c.archived_at is null',
    who: 'c.owner_id',
    at: 'c.created_at',
    figures: { clients: 'true', withoutPlan: `c.next_plan_at = 'infinity'` },
  }),
  complete: ({ params, needs }: FamilyContext): Family => ({
    from: 'client_states v',
    where: 'true',
    who: 'v.owner_id',
    at: `(select c.created_at from clients c where c.id = v.client_id)`,
    figures: { complete: requiredSql(needs, params) },
  }),
}
export type FamilyName = keyof typeof families

/** The family an indicator is counted in. */
export const familyOf: Record<Indicator, FamilyName> = {
  done: 'stood',
  call: 'stood',
  meeting: 'stood',
  letter: 'stood',
  task: 'stood',
  note: 'stood',
  cancelled: 'stood',
  planned: 'due',
  overdue: 'late',
  newClients: 'entered',
  answered: 'entered',
  lostClients: 'lost',
  clients: 'kept',
  withoutPlan: 'kept',
  complete: 'complete',
}

export const within = (column: string, { from, to }: Moments, params: Params) =>
  `${column} >= ${params.add(from)}::timestamptz and ${column} < ${params.add(to)}::timestamptz`

/** Whose rows count: people the caller answers for (a head for all and for nobody's), of them those asked for. What he may see of theirs is row-level security's. */
export function whoseSql(
  column: string,
  { user, team }: Whose,
  caller: Pick<Caller, 'role'>,
  params: Params,
): string {
  const parts = []
  if (caller.role !== 'head') parts.push(`${column} = any ((select visible_user_ids())::uuid[])`)
  if (user?.length) parts.push(`${column} = any (${params.add(user)}::uuid[])`)
  if (team?.length)
    parts.push(`${column} in (select id from users where team_id = any (${params.add(team)}::uuid[]))`)
  return parts.length === 0 ? 'true' : parts.join(' and ')
}
