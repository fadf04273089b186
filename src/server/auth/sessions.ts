import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { forgetHints, hashToken } from './caller.ts'

const sessionDays = 30

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

/** Ends all sessions (and tokens, if told) of a person, but for the one kept. */
export async function endSessions(
  pool: pg.Pool,
  userId: string,
  options: { keep?: string; tokens?: boolean } = {},
) {
  await pool.query(
    `delete from auth.sessions where user_id = $1 and id is distinct from $2::uuid and (kind = 'session' or $3)`,
    [userId, options.keep ?? null, options.tokens ?? false],
  )
  forgetHints()
}
