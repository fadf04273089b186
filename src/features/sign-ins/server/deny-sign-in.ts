import { newLinkToken } from '#server/auth/accounts.ts'
import { forgetHints, hashToken } from '#server/auth/caller.ts'
import { atTheGate } from '#server/auth/gate.ts'
import { noteSignIn } from '#server/auth/sign-in-journal.ts'
import { notFound } from '#server/http/problem.ts'
import type { Context } from '#server/http/route.ts'

/**
 * «Это не я»: every session of the person ends, with the API tokens made since that sign-in; the password opens nothing any more.
 * @returns the secret of a one-time link by which he sets a new one
 * @throws Problem 404 where the link is used, expired or unknown
 */
export async function deny(
  { kernel, request }: Pick<Context, 'kernel' | 'request'>,
  userId: string,
  denial: { token: string; since: string },
): Promise<string> {
  const { token, hash } = newLinkToken()
  await atTheGate(kernel.database.app, async (client) => {
    const used = await client.query('delete from auth.denials where token_hash = $1', [
      hashToken(denial.token),
    ])
    if (used.rowCount !== 1) throw notFound()
    await client.query('delete from auth.denials where user_id = $1', [userId])
    await client.query('delete from auth.passwords where user_id = $1', [userId])
    await client.query(
      `delete from auth.sessions where user_id = $1 and (kind = 'session' or created_at >= $2)`,
      [userId, denial.since],
    )
    await client.query('delete from auth.sign_in_steps where user_id = $1', [userId])
    await client.query('delete from auth.devices where user_id = $1', [userId])
    await client.query('delete from auth.invitations where user_id = $1 and used_at is null', [userId])
    await client.query(
      `insert into auth.invitations (user_id, purpose, token_hash, created_by) values ($1, 'reset', $2, $1)`,
      [userId, hash],
    )
    await noteSignIn(kernel, request, { kind: 'denied', userId }, client)
  })
  forgetHints()
  return token
}
