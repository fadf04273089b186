import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { forgetHints, hashToken } from './caller.ts'
import { atTheGate } from './gate.ts'
import { hashPassword, keepPassword } from './passwords.ts'

export interface SessionOrigin {
  address?: string | undefined
  agent?: string | undefined
  /** sha256 of the browser's long-lived cookie. */
  deviceHash?: Buffer | undefined
  /** Another clock than the database's. */
  at?: Date | null
}

/** @returns the token, shown this once: the base keeps its sha256; and how many days it lives at most */
export async function openSession(
  pool: pg.Pool,
  userId: string,
  from: SessionOrigin = {},
): Promise<{ id: string; token: string; days: number }> {
  const token = randomBytes(32).toString('base64url')
  const { rows } = await pool.query<{ id: string; days: number }>(
    `with rules as (
       select coalesce(min(idle_minutes), 720) as idle, coalesce(min(session_days), 30) as days, coalesce($6::timestamptz, now()) as at from company)
     insert into auth.sessions (kind, user_id, token_hash, address, agent, device_hash, created_at, seen_at, ends_at, expires_at)
     select 'session', $1, $2, $3, $4, $5, at, at, at + make_interval(days => days),
       least(at + make_interval(days => days), at + make_interval(mins => idle)) from rules
     returning id, (select days from rules) as days`,
    [userId, hashToken(token), from.address, from.agent?.slice(0, 300), from.deviceHash, from.at ?? null],
  )
  return { token, ...rows[0]! }
}

/** Ends the session behind a cookie, whoever holds it. */
export async function endSessionOf(pool: pg.Pool, token: string) {
  await pool.query(`delete from auth.sessions where token_hash = $1 and kind = 'session'`, [hashToken(token)])
  forgetHints()
}

/** An API token: lives until revoked. @returns the token, shown this once */
export async function addToken(pool: pg.Pool, userId: string, name: string): Promise<string> {
  const token = `kt_${randomBytes(32).toString('base64url')}`
  await pool.query(
    `insert into auth.sessions (kind, user_id, token_hash, name) values ('token', $1, $2, $3)`,
    [userId, hashToken(token), name],
  )
  return token
}

export interface SessionRow {
  id: string
  kind: 'session' | 'token'
  name: string
  address: string | null
  agent: string | null
  createdAt: string
  seenAt: string
  expiresAt: string | null
  /** Of a token whose person owes a second factor: it works again once he has one. */
  asleep: boolean
}

/** Live sessions, and tokens awake or asleep, of a person; the latest used first. */
export async function sessionsOf(
  pool: pg.Pool,
  userId: string,
  at: Date | null = null,
): Promise<SessionRow[]> {
  const { rows } = await pool.query<SessionRow>(
    `select id, kind, name, address, agent, created_at as "createdAt", seen_at as "seenAt",
       case when isfinite(expires_at) then expires_at end as "expiresAt", coalesce(not isfinite(expires_at), false) as asleep
     from auth.sessions where user_id = $1 and (kind = 'token' or expires_at is null or expires_at > coalesce($2::timestamptz, now()))
     order by seen_at desc, id desc`,
    [userId, at],
  )
  return rows
}

/** Ends a session or token of this person at once. @returns what it was; undefined if he has no such one */
export async function endSession(
  pool: pg.Pool,
  userId: string,
  sessionId: string,
): Promise<{ kind: SessionRow['kind']; name: string } | undefined> {
  const { rows } = await pool.query<{ kind: SessionRow['kind']; name: string }>(
    'delete from auth.sessions where id = $1 and user_id = $2 returning kind, name',
    [sessionId, userId],
  )
  forgetHints()
  return rows[0]
}

/** Ends every session of a person but one. @returns how many */
export async function endOtherSessions(pool: pg.Pool, userId: string, keep: string): Promise<number> {
  const { rowCount } = await pool.query(
    `delete from auth.sessions where user_id = $1 and kind = 'session' and id <> $2`,
    [userId, keep],
  )
  forgetHints()
  return rowCount ?? 0
}

/**
 * Sets a new password and ends every other session of the person, in one transaction. API tokens are keys of programs: they stay
 * until revoked in the list.
 */
export async function changePassword(pool: pg.Pool, userId: string, password: string, keepSession: string) {
  const hashed = await hashPassword(password)
  await atTheGate(pool, async (client) => {
    await keepPassword(client, userId, hashed)
    await client.query(`delete from auth.sessions where user_id = $1 and id <> $2 and kind = 'session'`, [
      userId,
      keepSession,
    ])
  })
  forgetHints()
}

/** How many seconds a session has left without an act of its person, and how many an act gives it. */
export async function lifeOf(
  pool: pg.Pool,
  sessionId: string,
  at: Date | null,
): Promise<{ secondsLeft: number | null; idleSeconds: number }> {
  const { rows } = await pool.query<{ secondsLeft: number | null; idleSeconds: number }>(
    `select case when s.kind = 'session' then extract(epoch from s.expires_at - coalesce($2::timestamptz, now()))::float8 end as "secondsLeft",
       60 * coalesce((select idle_minutes from company), 720) as "idleSeconds" from auth.sessions s where s.id = $1`,
    [sessionId, at],
  )
  return rows[0]!
}
