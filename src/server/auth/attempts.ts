import type pg from 'pg'
import { Problem } from '#server/http/problem.ts'

const windowMinutes = 15
const perAddress = 50
/** Of one account from one address: whoever mistypes waits, and so does who guesses. */
const perPair = 10

/**
 * Counts a try before it is made, so that a hundred tries at once pass the limit no better than a hundred in turn.
 * @param account what is guessed at: an e-mail, or the name of another secret
 * @param perAccount failures from all addresses together. Far above those of one address where a name is public: else any stranger
 *   could keep a colleague out for good by ten tries every quarter of an hour
 * @param onClosed called with the try that closes a door, and not with those that find it closed: for the journal
 * @throws Problem 429 after too many failures for this account or from this address within 15 minutes
 */
export async function countTry(
  pool: pg.Pool,
  account: string,
  address: string,
  perAccount = perPair,
  onClosed?: () => Promise<unknown>,
) {
  const { rows } = await pool.query<{ key: string; failures: number }>(
    `insert into auth.attempts as a (key, failures, since) select key, 1, now() from unnest($1::text[]) key order by key
     on conflict (key) do update set
       failures = case when a.since > now() - make_interval(mins => $2) then a.failures + 1 else 1 end,
       since = case when a.since > now() - make_interval(mins => $2) then a.since else now() end
     returning key, failures`,
    [keysOf(account, address), windowMinutes],
  )
  const limits = { account: perAccount, pair: perPair, address: perAddress }
  const over = rows.map(({ key, failures }) => failures - limits[key.split(':', 1)[0] as keyof typeof limits])
  if (over.every((by) => by <= 0)) return
  if (over.includes(1)) await onClosed?.()
  throw new Problem(429, 'too-many-attempts', {
    ru: `Слишком много неудачных попыток. Подождите ${windowMinutes} минут.`,
    en: `Too many failed tries. Wait ${windowMinutes} minutes.`,
  })
}

/** The try was right: the account starts anew, the address gets this one back. */
export async function forgiveTry(pool: pg.Pool, account: string, address: string) {
  const [ofAddress, ...ofAccount] = keysOf(account, address)
  await pool.query(
    `with gone as (delete from auth.attempts where key = any ($1) or since < now() - interval '1 day')
     update auth.attempts set failures = greatest(failures - 1, 0) where key = $2 and since >= now() - interval '1 day'`,
    [ofAccount, ofAddress],
  )
}

function keysOf(account: string, address: string): [address: string, account: string, pair: string] {
  const name = account.trim().toLowerCase()
  const network = networkOf(address)
  return [`address:${network}`, `account:${name}`, `pair:${network} ${name}`]
}

/** IPv6 is handed out by /64: one subscriber has more addresses than there are tries. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  if (!plain.includes(':')) return plain
  const [before = '', after] = plain.split('::')
  const head = before.split(':').filter((group) => group !== '')
  const tail = after ? after.split(':') : []
  const zeros = after === undefined ? 0 : Math.max(0, 8 - head.length - tail.length)
  return [...head, ...Array.from({ length: zeros }, () => '0'), ...tail].slice(0, 4).join(':')
}
