import type pg from 'pg'
import type { Block } from './compose.ts'
import { compose } from './compose.ts'

/** A letter to be written: what it is about (`key`) is written once, whoever asks for it again. */
export interface Letter {
  key: string
  userId: string
  address: string
  name: string
  subject: string
  blocks: readonly Block[]
  /** Not sent any more after this moment. */
  expiresAt: Date
}

/** Puts a letter into the outbox and wakes the one who delivers. @returns false where it is there already */
export async function post(owner: pg.Pool | pg.PoolClient, letter: Letter, now: Date): Promise<boolean> {
  const { body, html } = compose(letter.blocks)
  const { rowCount } = await owner.query(
    `with put as (
       insert into letters (key, user_id, address, name, subject, body, html, created_at, next_try_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9) on conflict (key) do nothing returning id)
     select graphile_worker.add_job('mail_deliver', job_key => 'mail_deliver') from put`,
    [
      letter.key,
      letter.userId,
      letter.address,
      letter.name,
      letter.subject,
      body,
      html,
      now,
      letter.expiresAt,
    ],
  )
  return rowCount === 1
}
