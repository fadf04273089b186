import type { Statement } from '#server/db/as-caller.ts'
import { type Position, snapshotOf } from './position.ts'

/** Change-sets further behind than this are not told one by one: the reader loads everything anew. */
export const mostBehind = 1_000

export const notify = (channel: string, payload: string): Statement => ({
  text: 'select pg_notify($1, $2)',
  values: [channel, payload],
})

/** Eight signs that tell this base from any other and from itself before a restore. */
export const baseStatement: Statement = {
  text: `select lpad(to_hex((hashtextextended(c.system_identifier::text || '/' || d.oid::text, 0) & 4294967295)), 8, '0') as base
    from pg_control_system() c, pg_database d where d.datname = current_database()`,
}

export const nowStatement: Statement = { text: 'select pg_current_snapshot()::text as snapshot' }

export const startStatement = (secondsAgo: number): Statement => ({
  text: 'select live_start($1)::text as snapshot',
  values: [secondsAgo],
})

/** → snapshot, sets */
export const pendingStatement = (after: Position): Statement => ({
  text: 'select reached::text as snapshot, sets from live_pending($1::text::pg_snapshot, $2)',
  values: [snapshotOf(after), mostBehind + 1],
})

export const changesStatement = (
  after: Position,
  until: Position,
  listeners: readonly string[],
): Statement => ({
  text: `select xid::text, change_set_id as "changeSetId", entity, row_id as id, version, client_id as "clientId", gone, people
    from live_changes($1::text::pg_snapshot, $2::text::pg_snapshot, $3::uuid[])`,
  values: [snapshotOf(after), snapshotOf(until), listeners],
})

export const seersStatement = (clients: readonly string[], listeners: readonly string[]): Statement => ({
  text: 'select client_id as "clientId", people from live_seers($1::uuid[], $2::uuid[])',
  values: [clients, listeners],
})

/** Which of these sessions may go on listening, and as whom now. An administrator has no clients, hence no stream. */
export const sessionsStatement = (sessions: readonly string[], at: Date | null): Statement => ({
  text: `select s.id as "sessionId", u.id as "userId", u.role, u.team_id as "teamId", n.standing
    from (select coalesce($2::timestamptz, now()) as at) m
      cross join auth.sessions s join users u on u.id = case when s.looks_until > m.at then s.looks_as else s.user_id end
      left join standings_of(array(select case when e.looks_until > coalesce($2::timestamptz, now()) then e.looks_as else e.user_id end
        from auth.sessions e where e.id = any ($1::uuid[]))) n on n.person_id = u.id
    where s.id = any ($1::uuid[]) and u.active and u.role <> 'admin' and (s.expires_at is null or s.expires_at > m.at)`,
  values: [sessions, at],
})
