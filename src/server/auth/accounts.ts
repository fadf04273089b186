import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { Role } from '#shared/roles.ts'
import { hashToken } from './caller.ts'
import { setPassword } from './passwords.ts'

/**
 * Makes an account past the rights of any caller: the first head, the command line.
 * @returns the person's id
 * @throws 23505 where the e-mail is taken
 */
export async function addAccount(
  pool: pg.Pool,
  person: { email: string; name: string; role: Role; team?: string | undefined; password: string },
): Promise<string> {
  const teamId = person.team ? await teamNamed(pool, person.team) : null
  const { rows } = await pool.query<{ id: string }>(
    'insert into users (email, name, role, team_id) values ($1, $2, $3, $4) returning id',
    [person.email.trim(), person.name.trim(), person.role, teamId],
  )
  await setPassword(pool, rows[0]!.id, person.password)
  return rows[0]!.id
}

async function teamNamed(pool: pg.Pool, name: string): Promise<string> {
  const found = await pool.query<{ id: string }>('select id from teams where lower(name) = lower($1)', [
    name.trim(),
  ])
  if (found.rows[0]) return found.rows[0].id
  const made = await pool.query<{ id: string }>('insert into teams (name) values ($1) returning id', [
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

/** A one-time link's secret: valid seven days, once. The base keeps its sha256. */
export async function addInvitation(
  pool: pg.Pool,
  userId: string,
  purpose: 'invitation' | 'reset',
  createdBy: string | null,
): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  await pool.query('delete from auth.invitations where user_id = $1 and used_at is null', [userId])
  await pool.query(
    'insert into auth.invitations (user_id, purpose, token_hash, created_by) values ($1, $2, $3, $4)',
    [userId, purpose, hashToken(token), createdBy],
  )
  return token
}

export interface Invitation {
  userId: string
  email: string
  name: string
  purpose: 'invitation' | 'reset'
}

/** Whom a live link is for; undefined where it is used, expired or unknown. */
export async function invitationOf(pool: pg.Pool, token: string): Promise<Invitation | undefined> {
  const { rows } = await pool.query<Invitation>(
    `select u.id as "userId", u.email, u.name, i.purpose from auth.invitations i join users u on u.id = i.user_id
     where i.token_hash = $1 and i.used_at is null and i.expires_at > now() and u.active`,
    [hashToken(token)],
  )
  return rows[0]
}

/** Uses a link up. @returns whom it was for; undefined where somebody was quicker or it is dead */
export async function useInvitation(pool: pg.Pool, token: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ userId: string }>(
    `update auth.invitations set used_at = now() where token_hash = $1 and used_at is null and expires_at > now()
     returning user_id as "userId"`,
    [hashToken(token)],
  )
  return rows[0]?.userId
}

/** True while nobody can sign in: the wizard is open. */
export async function isEmpty(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ empty: boolean }>('select not exists (select 1 from users) as empty')
  return rows[0]!.empty
}
