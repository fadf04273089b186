import type pg from 'pg'
import { type MailAccount, readAccount } from './account.ts'
import { failureOf, type MailFailure } from './failure.ts'
import { type Mailer, mailerOf, type Sendable } from './transport.ts'

/** One process at a time delivers; the lock goes with its connection, however the process ends. */
const turn = 5278417

/** Minutes between tries; greylisting wants the first of them within the hour. */
const waits = [1, 3, 5, 10, 15, 30, 60]

export interface Delivered {
  sent: number
  failed: number
  /** Put off: refused for now, or over the hour's limit. */
  waiting: number
}

interface Claimed extends Sendable {
  tries: number
}

/**
 * Sends what is due in the outbox. A letter is marked before it is handed to the server and again when the server has taken it: killed between
 * the two it is sent a second time under the same Message-ID, never lost. @returns what became of the letters
 */
export async function deliverLetters(
  owner: pg.Pool,
  secret: Buffer,
  now: () => Date,
  signal?: AbortSignal,
): Promise<Delivered> {
  const client = await owner.connect()
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [turn])
    if (!rows[0]!.mine) return { sent: 0, failed: 0, waiting: 0 }
    try {
      const account = await readAccount(owner, secret)
      return account ? await drain(client, account, now, signal) : { sent: 0, failed: 0, waiting: 0 }
    } finally {
      await client.query('select pg_advisory_unlock($1)', [turn])
    }
  } finally {
    client.release()
  }
}

async function drain(
  client: pg.PoolClient,
  account: MailAccount,
  now: () => Date,
  signal: AbortSignal | undefined,
): Promise<Delivered> {
  const result: Delivered = { sent: 0, failed: await expire(client, now()), waiting: 0 }
  let left = account.perHour - (await sentSince(client, new Date(now().getTime() - 3_600_000)))
  const mailer = mailerOf(account)
  try {
    while (left-- > 0 && !signal?.aborted) {
      const letter = await claim(client, now())
      if (!letter) break
      const failure = await trySending(mailer, letter, account)
      await settle(client, letter, failure, now())
      if (!failure) result.sent++
      else if (failure.temporary) result.waiting++
      else result.failed++
      if (failure?.ofAccount) break
    }
  } finally {
    mailer.close()
  }
  return result
}

async function trySending(
  mailer: Mailer,
  letter: Sendable,
  account: MailAccount,
): Promise<MailFailure | undefined> {
  try {
    await mailer.send(letter)
    return undefined
  } catch (error) {
    return failureOf(error, account)
  }
}

/** While the turn is ours nobody else sends: a letter that stands as `sending` was in the hands of a process that died. */
async function claim(client: pg.PoolClient, now: Date): Promise<Claimed | undefined> {
  const { rows } = await client.query<Claimed>(
    `update letters set status = 'sending', tries = tries + 1 where id = (
       select id from letters where status in ('waiting', 'sending') and next_try_at <= $1 order by next_try_at, id limit 1)
     returning id, address, name, subject, body, html, tries`,
    [now],
  )
  return rows[0]
}

async function settle(
  client: pg.PoolClient,
  { id, tries }: Claimed,
  failure: MailFailure | undefined,
  now: Date,
) {
  if (!failure) {
    await client.query(`update letters set status = 'sent', sent_at = $2, problem = null where id = $1`, [
      id,
      now,
    ])
    return
  }
  const minutes = waits[Math.min(tries, waits.length) - 1]!
  await client.query(
    `update letters set status = case when $2 then 'waiting' else 'failed' end, problem = $3, next_try_at = $4 where id = $1`,
    [id, failure.temporary, failure.sentence, new Date(now.getTime() + minutes * 60_000)],
  )
}

async function expire(client: pg.PoolClient, now: Date): Promise<number> {
  const { rowCount } = await client.query(
    `update letters set status = 'failed', problem = coalesce(problem, $2) where status in ('waiting', 'sending') and expires_at < $1`,
    [
      now,
      {
        ru: 'Письмо не ушло вовремя и устарело.',
        en: 'The letter did not leave in time and is out of date.',
      },
    ],
  )
  return rowCount ?? 0
}

async function sentSince(client: pg.PoolClient, since: Date): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'select count(*) as count from letters where sent_at > $1',
    [since],
  )
  return rows[0]!.count
}
