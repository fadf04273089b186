import type pg from 'pg'
import { Problem } from '#server/http/problem.ts'

const windowMinutes = 15
const perAccount = 10
const perAddress = 50

/** @throws Problem 429 after too many failures for this account or from this address */
export async function checkAttempts(pool: pg.Pool, email: string, address: string) {
  const { rows } = await pool.query<{ key: string; failures: number }>(
    `select key, failures from auth.attempts where key = any ($1) and since > now() - make_interval(mins => $2)`,
    [keysOf(email, address), windowMinutes],
  )
  const over = rows.some((row) => row.failures >= (row.key.startsWith('account:') ? perAccount : perAddress))
  if (!over) return
  throw new Problem(429, 'too-many-attempts', {
    ru: `Слишком много неудачных попыток входа. Подождите ${windowMinutes} минут.`,
    en: `Too many failed sign-ins. Wait ${windowMinutes} minutes.`,
  })
}

export async function countFailure(pool: pg.Pool, email: string, address: string) {
  await pool.query(
    `insert into auth.attempts as a (key, failures, since) select unnest($1::text[]), 1, now()
     on conflict (key) do update set
       failures = case when a.since > now() - make_interval(mins => $2) then a.failures + 1 else 1 end,
       since = case when a.since > now() - make_interval(mins => $2) then a.since else now() end`,
    [keysOf(email, address), windowMinutes],
  )
}

export async function forgetFailures(pool: pg.Pool, email: string) {
  await pool.query('delete from auth.attempts where key = $1', [`account:${email.toLowerCase()}`])
}

const keysOf = (email: string, address: string) => [`account:${email.toLowerCase()}`, `address:${address}`]
