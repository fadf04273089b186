import { hash, verify } from '@node-rs/argon2'
import type pg from 'pg'

/** OWASP's first choice for argon2id: 19 MiB, two passes. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const shortestPassword = 8

export const hashPassword = (password: string) => hash(password, cost)

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

/** Who signs in with these. The same statements and the same hashing whether the e-mail is known, dismissed or nobody's. */
export async function accountWith(
  pool: pg.Pool,
  email: string,
  password: string,
): Promise<{ id: string } | undefined> {
  const { rows } = await pool.query<{ id: string; active: boolean; hash: string | null }>(
    `select u.id, u.active, p.hash from users u left join auth.passwords p on p.user_id = u.id where lower(u.email) = lower($1)`,
    [email.trim()],
  )
  const right = await fits(rows[0]?.hash, password)
  return right && rows[0]?.active ? { id: rows[0].id } : undefined
}

async function fits(stored: string | null | undefined, password: string): Promise<boolean> {
  const right = await verify(stored ?? (await nobody), password)
  return right && stored !== null && stored !== undefined
}
