import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { cookieAttributes } from '#server/auth/cookie.ts'
import type { Kernel } from '#server/kernel.ts'
import { seal, unseal } from '#server/sealed.ts'

const minutes = 10

/** What this browser must bring back from the provider; kept by the browser itself, sealed, so that strangers fill no table. */
const Flow = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  to: z.string(),
  until: z.number(),
})
export type Flow = z.output<typeof Flow>

/** Each way out has a cookie of its own: two tabs do not spoil each other's sign-in. */
const cookieOf = (state: string) => `kartoteka-way-${state.slice(0, 12)}`

export const newState = () => randomBytes(24).toString('base64url')

export function rememberFlow(
  kernel: Kernel,
  request: FastifyRequest,
  reply: FastifyReply,
  flow: Omit<Flow, 'until'>,
) {
  const until = kernel.now().getTime() + minutes * 60_000
  const sealed = seal(kernel.secret, 'provider sign-in', JSON.stringify({ ...flow, until }))
  reply.setCookie(cookieOf(flow.state), sealed.toString('base64url'), {
    ...attributes(kernel, request),
    maxAge: minutes * 60,
  })
}

/** The flow this browser began under this state, used up by looking; undefined: none, another browser's, or too old. */
export function takeFlow(
  kernel: Kernel,
  request: FastifyRequest,
  reply: FastifyReply,
  state: string,
): Flow | undefined {
  const name = cookieOf(state)
  const given = request.cookies[name]
  if (!/^[\w-]{32}$/.test(state) || !given) return undefined
  reply.clearCookie(name, attributes(kernel, request))
  const sealed = Buffer.from(given, 'base64url')
  const text = sealed.length > 100 ? unseal(kernel.secret, 'provider sign-in', sealed) : null
  const flow = text === null ? undefined : Flow.parse(JSON.parse(text))
  return flow?.state === state && flow.until > kernel.now().getTime() ? flow : undefined
}

/** The answer comes by a link of the provider's page: `lax` lets the cookie along. */
const attributes = (kernel: Kernel, request: FastifyRequest) =>
  ({ ...cookieAttributes(kernel, request), path: '/api/provider', sameSite: 'lax' }) as const
