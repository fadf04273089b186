import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Kernel } from '#server/kernel.ts'
import { cookieName } from './caller.ts'
import { ownMoment } from './moment.ts'
import { endSessionOf, openSession } from './sessions.ts'

/**
 * Signs a person in on this browser: a new session always, whatever cookie came with the request.
 * @returns the session's id
 * @throws KT020 where the person owes a second factor
 */
export async function signInHere(
  kernel: Kernel,
  request: FastifyRequest,
  reply: FastifyReply,
  userId: string,
  deviceHash?: Buffer,
): Promise<string> {
  const old = request.cookies[cookieName]
  if (old) await endSessionOf(kernel.database.app, old)
  const { id, token, days } = await openSession(kernel.database.app, userId, {
    address: request.ip,
    agent: request.headers['user-agent'],
    deviceHash,
    at: ownMoment(kernel),
  })
  reply.setCookie(cookieName, token, { ...cookieAttributes(kernel, request), maxAge: days * 86_400 })
  return id
}

export const forgetCookie = (kernel: Kernel, request: FastifyRequest, reply: FastifyReply) =>
  void reply.clearCookie(cookieName, cookieAttributes(kernel, request))

export const cookieAttributes = (kernel: Kernel, request: FastifyRequest) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: overTls(kernel, request) }) as const

/** Behind a proxy that is not trusted to say so, the public address tells; over plain http on the LAN the cookie must stay usable. */
const overTls = ({ publicUrl }: Kernel, request: FastifyRequest) =>
  request.protocol === 'https' || (publicUrl !== null && publicUrl === `https://${request.host}`)
