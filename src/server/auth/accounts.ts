import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { Role } from '#shared/roles.ts'
import { hashToken } from './caller.ts'
import { atTheGate } from './gate.ts'
import { hashPassword, keepPassword } from './passwords.ts'

/**
 * Makes an account past the rights of any caller: the command line, the demo, tests.
 * @returns the person's id
 * @throws 23505 where the e-mail is taken
 */
export async function addAccount(
  pool: pg.Pool,
  person: { email: string; name: string; role: Role; team?: string | undefined; password: string },
): Promise<string> {
  const hashed = await hashPassword(person.password)
  return atTheGate(pool, (client) => insertAccount(client, { ...person, hashed }))
}

/** One person with his password's hash, in the transaction given. */
export async function insertAccount(
  client: pg.PoolClient,
  person: { email: string; name: string; role: Role; team?: string | undefined; hashed: string },
): Promise<string> {
  const teamId = person.team ? await teamNamed(client, person.team) : null
  const { rows } = await client.query<{ id: string }>(
    'insert into users (email, name, role, team_id) values ($1, $2, $3, $4) returning id',
    [person.email.trim(), person.name.trim(), person.role, teamId],
  )
  await keepPassword(client, rows[0]!.id, person.hashed)
  return rows[0]!.id
}

async function teamNamed(client: pg.PoolClient, name: string): Promise<string> {
  const found = await client.query<{ id: string }>('select id from teams where lower(name) = lower($1)', [
    name.trim(),
  ])
  if (found.rows[0]) return found.rows[0].id
  const made = await client.query<{ id: string }>('insert into teams (name) values ($1) returning id', [
    name.trim(),
  ])
  return made.rows[0]!.id
}

/** A person by e-mail, whatever its case. */
export async function accountOf(pool: pg.Pool, email: string) {
  const { rows } = await pool.query<{ id: string; active: boolean }>(
    'select id, active from users where lower(email) = lower($1)',
    [email.trim()],
  )
  return rows[0]
}

/** A one-time link's secret; the base keeps its sha256 (`add_invitation`). */
export function newLinkToken(): { token: string; hash: Buffer } {
  const token = randomBytes(24).toString('base64url')
  return { token, hash: hashToken(token) }
}

export interface Invitation {
  userId: string
  email: string
  name: string
  purpose: 'invitation' | 'reset'
  /** Name of the company; blank where there is none yet. */
  company: string
}

/** Whom a live link is for; undefined where it is used, expired or unknown. */
export async function invitationOf(pool: pg.Pool, token: string): Promise<Invitation | undefined> {
  const { rows } = await pool.query<Invitation>(
    `select u.id as "userId", u.email, u.name, i.purpose,
       coalesce((select c.name from company c), '') as company from auth.invitations i join users u on u.id = i.user_id
     where i.token_hash = $1 and i.used_at is null and i.expires_at > now() and u.active`,
    [hashToken(token)],
  )
  return rows[0]
}

/**
 * Uses a link up and sets the password by it; every session there was ends.
 * @returns whom it was for; undefined where somebody was quicker or it is dead
 */
export async function acceptInvitation(
  pool: pg.Pool,
  token: string,
  password: string,
): Promise<string | undefined> {
  const hashed = await hashPassword(password)
  return atTheGate(pool, async (client) => {
    const { rows } = await client.query<{ userId: string }>(
      `update auth.invitations i set used_at = now() from users u
       where i.token_hash = $1 and i.used_at is null and i.expires_at > now() and u.id = i.user_id and u.active
       returning i.user_id as "userId"`,
      [hashToken(token)],
    )
    const userId = rows[0]?.userId
    if (!userId) return undefined
    await keepPassword(client, userId, hashed)
    await client.query(`delete from auth.sessions where user_id = $1 and kind = 'session'`, [userId])
    return userId
  })
}

/** True while nobody can sign in: the wizard is open. */
export async function isEmpty(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ empty: boolean }>('select not exists (select 1 from users) as empty')
  return rows[0]!.empty
}
