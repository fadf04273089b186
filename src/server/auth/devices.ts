import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Kernel } from '#server/kernel.ts'
import { hashToken } from './caller.ts'
import { cookieAttributes } from './cookie.ts'
import { ownMoment } from './moment.ts'

const deviceCookie = 'kartoteka-device'
/** As long as browsers keep a cookie at most. */
export const deviceDays = 400

/**
 * Knows this browser again by a cookie that outlives sessions.
 * @returns whether this person has not signed in from it before, and its cookie, for `rememberDevice` once he is let in
 */
export async function meetDevice(
  kernel: Kernel,
  request: FastifyRequest,
  userId: string,
): Promise<{ isNew: boolean; hash: Buffer; token: string }> {
  const given = request.cookies[deviceCookie]
  const token = given && /^[\w-]{43}$/.test(given) ? given : randomBytes(32).toString('base64url')
  const hash = hashToken(token)
  const { rows } = await kernel.database.app.query<{ isNew: boolean }>(
    `insert into auth.devices as d (user_id, token_hash, seen_at) values ($1, $2, coalesce($3::timestamptz, now()))
     on conflict (user_id, token_hash) do update set seen_at = excluded.seen_at returning d.xmax = 0 as "isNew"`,
    [userId, hash, ownMoment(kernel)],
  )
  return { isNew: rows[0]!.isNew, hash, token }
}

export const rememberDevice = (
  kernel: Kernel,
  request: FastifyRequest,
  reply: FastifyReply,
  { token }: { token: string },
) =>
  void reply.setCookie(deviceCookie, token, {
    ...cookieAttributes(kernel, request),
    path: '/api',
    maxAge: deviceDays * 86_400,
  })
