import { hash, verify } from '@node-rs/argon2'
import type pg from 'pg'
import type { FailureReason } from './sign-in-journal.ts'

/** OWASP's first choice for argon2id: 19 MiB, two passes. */
export const passwordCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const shortestPassword = 8

export const hashPassword = (password: string) => hash(password, passwordCost)

/** A hash nobody's password fits: an unknown e-mail costs the same time as a known one. */
const nobody = hashPassword('nobody has this password')

/** Keeps a hash made by `hashPassword`, so that the slow part may stand before a transaction. */
export async function keepPassword(pool: pg.Pool | pg.ClientBase, userId: string, hashed: string) {
  await pool.query(
    `insert into auth.passwords (user_id, hash) values ($1, $2)
     on conflict (user_id) do update set hash = excluded.hash, changed_at = now()`,
    [userId, hashed],
  )
}

export async function passwordFits(pool: pg.Pool, userId: string, password: string): Promise<boolean> {
  const { rows } = await pool.query<{ hash: string }>('select hash from auth.passwords where user_id = $1', [
    userId,
  ])
  return fits(rows[0]?.hash, password)
}

/** Who signs in with these, or why nobody. The same statements and the same hashing whether the e-mail is known, dismissed or nobody's. */
export async function accountWith(
  pool: pg.Pool,
  email: string,
  password: string,
): Promise<{ id: string; reason?: undefined } | { id: string | undefined; reason: FailureReason }> {
  const { rows } = await pool.query<{ id: string; active: boolean; hash: string | null }>(
    `select u.id, u.active, p.hash from users u left join auth.passwords p on p.user_id = u.id where lower(u.email) = lower($1)`,
    [email.trim()],
  )
  const right = await fits(rows[0]?.hash, password)
  const account = rows[0]
  if (!account) return { id: undefined, reason: 'unknown-account' }
  if (!account.active) return { id: account.id, reason: 'closed-account' }
  return right ? { id: account.id } : { id: account.id, reason: 'wrong-password' }
}

async function fits(stored: string | null | undefined, password: string): Promise<boolean> {
  const right = await verify(stored ?? (await nobody), password)
  return right && stored !== null && stored !== undefined
}

export async function hasPassword(pool: pg.Pool, userId: string): Promise<boolean> {
  return (await pool.query('select 1 from auth.passwords where user_id = $1', [userId])).rowCount === 1
}
