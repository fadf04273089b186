import type pg from 'pg'
import type { FastifyRequest } from 'fastify'
import type { Kernel } from '#server/kernel.ts'
import { ownMoment } from './moment.ts'

export type SignInKind =
  | 'sign-in'
  | 'failure'
  | 'sign-out'
  | 'session-ended'
  | 'denied'
  | 'password-changed'
  | 'link-used'
  | 'second-factor-on'
  | 'second-factor-off'
  | 'recovery-codes-made'
  | 'recovery-code-used'
  | 'token-made'
  | 'token-revoked'

/** Why somebody was refused. The journal says it; the one who asked is told only that it did not fit. */
export type FailureReason =
  | 'unknown-account'
  | 'wrong-password'
  | 'closed-account'
  | 'wrong-code'
  | 'used-code'
  | 'too-many'
  /** Right outside, and not let in here; `details.refused` says why. */
  | 'not-admitted'
  | 'provider-refused'

export interface SignInEvent {
  kind: SignInKind
  /** Nobody: an account that is not known. */
  userId?: string | undefined
  reason?: FailureReason | undefined
  /** What was typed where nobody is known by it; kept only where it is an e-mail, since people type passwords there. */
  account?: string | undefined
  sessionId?: string | undefined
  isNewDevice?: boolean
  details?: Record<string, unknown>
}

/** Writes one line of the journal of sign-ins. @returns its id */
export async function noteSignIn(
  kernel: Kernel,
  request: FastifyRequest,
  event: SignInEvent,
  client: pg.Pool | pg.PoolClient = kernel.database.app,
): Promise<string> {
  const account = event.account?.trim().slice(0, 254)
  // The gate adds to this table and does not read it, hence no `returning`.
  const { rows } = await client.query<{ id: string }>(
    `with made as materialized (select new_id() as id), put as (
       insert into sign_in_events (id, at, user_id, kind, reason, account, address, agent, session_id, is_new_device, details)
       select id, coalesce($1::timestamptz, now()), $2::uuid, $3, $4, $5, $6, $7, $8::uuid, $9::boolean, $10::jsonb from made)
     select id from made`,
    [
      ownMoment(kernel),
      event.userId,
      event.kind,
      event.reason,
      account && /^[^\s@]+@[^\s@]+$/.test(account) ? account : null,
      request.ip,
      request.headers['user-agent']?.slice(0, 300),
      event.sessionId,
      event.isNewDevice ?? false,
      event.details ?? {},
    ],
  )
  return rows[0]!.id
}
