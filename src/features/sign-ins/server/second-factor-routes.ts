import type { FastifyInstance } from 'fastify'
import * as contract from '#features/sign-ins/contract.ts'
import { countTry, forgiveTry } from '#server/auth/attempts.ts'
import { confirmSession, forgetHints } from '#server/auth/caller.ts'
import * as factor from '#server/auth/second-factor.ts'
import { noteSignIn } from '#server/auth/sign-in-journal.ts'
import { totpUri } from '#server/auth/totp.ts'
import { invalid, Problem } from '#server/http/problem.ts'
import { type Context, route } from '#server/http/route.ts'
import { proveSelf, wrongCode } from './prove-self.ts'

/** Own second factor: set up, moved to another telephone, taken away; always with the password, and a code where there is one. */
export function secondFactorRoutes(app: FastifyInstance) {
  route(app, contract.getSecondFactor, async (_, { kernel, caller }) => {
    await confirmSession(kernel, caller)
    return factor.factorOf(kernel, caller.id)
  })
  route(app, contract.draftSecondFactor, async ({ password, code }, context) => {
    const { kernel, caller } = context
    const { on } = await factor.factorOf(kernel, caller.id)
    await proveSelf(context, { password, code: on ? (code ?? '') : undefined })
    return draftFor(kernel, caller.id)
  })
  route(app, contract.confirmSecondFactor, async ({ code }, { kernel, caller, request }) => {
    const pool = kernel.database.app
    await confirmSession(kernel, caller)
    await countTry(pool, caller.id, request.ip)
    const recoveryCodes = await factor.confirmFactor(kernel, caller.id, code, caller.sessionId)
    if (!recoveryCodes) throw invalid('code', wrongCode)
    await forgiveTry(pool, caller.id, request.ip)
    forgetHints()
    await noteSignIn(kernel, request, { kind: 'second-factor-on', userId: caller.id })
    return { recoveryCodes }
  })
  route(app, contract.removeSecondFactor, async (given, context) => {
    const { kernel, caller, request } = context
    const { on, required } = await factor.factorOf(kernel, caller.id)
    if (!on) throw noFactor()
    if (required) throw factorRequired()
    await proveSelf(context, given)
    await factor.removeFactor(kernel, caller.id, caller.sessionId)
    forgetHints()
    await noteSignIn(kernel, request, { kind: 'second-factor-off', userId: caller.id })
  })
  route(app, contract.renewRecoveryCodes, async (given, context) => {
    const { kernel, caller, request } = context
    if (!(await factor.factorOf(kernel, caller.id)).on) throw noFactor()
    await proveSelf(context, given)
    const recoveryCodes = await factor.renewRecoveryCodes(kernel, caller.id)
    await noteSignIn(kernel, request, { kind: 'recovery-codes-made', userId: caller.id })
    return { recoveryCodes }
  })
}

/** A new secret, as the telephone's camera reads it and as it is typed. */
export async function draftFor(kernel: Context['kernel'], userId: string) {
  const secret = await factor.draftFactor(kernel, userId)
  const { rows } = await kernel.database.app.query<{ email: string; company: string }>(
    `select u.email, coalesce((select c.name from company c), 'Картотека') as company from users u where u.id = $1`,
    [userId],
  )
  const { email, company } = rows[0]!
  return { secret, uri: totpUri(secret, email, company) }
}

const noFactor = () =>
  new Problem(409, 'no-second-factor', {
    ru: 'Второй фактор не включён.',
    en: 'There is no second factor.',
  })

const factorRequired = () =>
  new Problem(409, 'second-factor-required', {
    ru: 'Для вашей роли второй фактор обязателен. Его можно перенести на другой телефон, но не отключить.',
    en: 'Your role needs a second factor. You can move it to another telephone, not switch it off.',
  })
