import { hash, verify } from '@node-rs/argon2'
import type pg from 'pg'

/** OWASP's first choice for argon2id: 19 MiB, two passes. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const shortestPassword = 10

/** A hash nobody's password fits: an unknown e-mail costs the same time as a known one. */
let nobody: Promise<string> | undefined

export async function setPassword(pool: pg.Pool, userId: string, password: string) {
  const hashed = await hash(password, cost)
  await pool.query(
    `insert into auth.passwords (user_id, hash) values ($1, $2)
     on conflict (user_id) do update set hash = excluded.hash, changed_at = now()`,
    [userId, hashed],
  )
}

export async function passwordFits(pool: pg.Pool, userId: string | undefined, password: string): Promise<boolean> {
  const { rows } = userId
    ? await pool.query<{ hash: string }>('select hash from auth.passwords where user_id = $1', [userId])
    : { rows: [] }
  const stored = rows[0]?.hash
  nobody ??= hash('nobody has this password', cost)
  const fits = await verify(stored ?? (await nobody), password)
  return stored !== undefined && fits
}
