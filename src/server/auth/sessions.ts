import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { forgetHints, hashToken } from './caller.ts'
import { atTheGate } from './gate.ts'
import { hashPassword, keepPassword } from './passwords.ts'

export const sessionDays = 30

/** @returns the token, shown this once; the base keeps its sha256 */
export async function openSession(
  pool: pg.Pool,
  userId: string,
  from: { address?: string | undefined; agent?: string | undefined } = {},
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await pool.query(
    `insert into auth.sessions (kind, user_id, token_hash, address, agent, expires_at)
     values ('session', $1, $2, $3, $4, now() + make_interval(days => $5))`,
    [userId, hashToken(token), from.address, from.agent?.slice(0, 300), sessionDays],
  )
  return token
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
}

/** Live sessions and tokens of a person, the latest used first. */
export async function sessionsOf(pool: pg.Pool, userId: string): Promise<SessionRow[]> {
  const { rows } = await pool.query<SessionRow>(
    `select id, kind, name, address, agent, created_at as "createdAt", seen_at as "seenAt", expires_at as "expiresAt"
     from auth.sessions where user_id = $1 and (expires_at is null or expires_at > now()) order by seen_at desc, id desc`,
    [userId],
  )
  return rows
}

/** Ends a session or token of this person at once. @returns false if he has no such one */
export async function endSession(pool: pg.Pool, userId: string, sessionId: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from auth.sessions where id = $1 and user_id = $2', [
    sessionId,
    userId,
  ])
  forgetHints()
  return rowCount === 1
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
