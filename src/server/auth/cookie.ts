import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Kernel } from '#server/kernel.ts'
import { cookieName } from './caller.ts'
import { endSessionOf, openSession, sessionDays } from './sessions.ts'

/**
 * Signs a person in on this browser: a new session always, whatever cookie came with the request.
 * @returns the session's token
 */
export async function signInHere(
  kernel: Kernel,
  request: FastifyRequest,
  reply: FastifyReply,
  userId: string,
) {
  const old = request.cookies[cookieName]
  if (old) await endSessionOf(kernel.database.app, old)
  const token = await openSession(kernel.database.app, userId, {
    address: request.ip,
    agent: request.headers['user-agent'],
  })
  reply.setCookie(cookieName, token, { ...cookieAttributes(kernel, request), maxAge: sessionDays * 86_400 })
  return token
}

export const forgetCookie = (kernel: Kernel, request: FastifyRequest, reply: FastifyReply) =>
  void reply.clearCookie(cookieName, cookieAttributes(kernel, request))

export const cookieAttributes = (kernel: Kernel, request: FastifyRequest) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: overTls(kernel, request) }) as const

/** Behind a proxy that is not trusted to say so, the public address tells; over plain http on the LAN the cookie must stay usable. */
const overTls = ({ publicUrl }: Kernel, request: FastifyRequest) =>
  request.protocol === 'https' || (publicUrl !== null && publicUrl === `https://${request.host}`)
