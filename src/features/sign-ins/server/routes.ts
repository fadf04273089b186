import type { FastifyInstance } from 'fastify'
import * as contract from '#features/sign-ins/contract.ts'
import { confirmSession, forgetHints } from '#server/auth/caller.ts'
import { requireRole } from '#server/auth/require-role.ts'
import { endOtherSessions, lifeOf } from '#server/auth/sessions.ts'
import { ownMoment } from '#server/auth/moment.ts'
import { noteSignIn } from '#server/auth/sign-in-journal.ts'
import { notFound, Problem } from '#server/http/problem.ts'
import { openRoute, route } from '#server/http/route.ts'
import { deny } from './deny-sign-in.ts'
import { denialOf } from './new-device-letter.ts'
import {
  acknowledge,
  callerHasFactor,
  findRules,
  findSignIns,
  keepRules,
  newDevices,
  personsWithFactor,
  resetFactor,
} from './queries.ts'
import { secondFactorRoutes } from './second-factor-routes.ts'
import { stepRoutes } from './step-routes.ts'

export function signInDepthRoutes(app: FastifyInstance) {
  stepRoutes(app)
  secondFactorRoutes(app)
  sessionRoutes(app)
  journalRoutes(app)
  staffRoutes(app)
  denialRoutes(app)
}

function sessionRoutes(app: FastifyInstance) {
  route(app, contract.getSession, async (_, { kernel, caller }) => {
    await confirmSession(kernel, caller)
    return lifeOf(kernel.database.app, caller.sessionId, ownMoment(kernel))
  })
  route(app, contract.endOtherSessions, async (_, { kernel, caller, request }) => {
    await confirmSession(kernel, caller)
    const ended = await endOtherSessions(kernel.database.app, caller.id, caller.sessionId)
    await noteSignIn(kernel, request, { kind: 'session-ended', userId: caller.id, details: { ended } })
    return { ended }
  })
}

function journalRoutes(app: FastifyInstance) {
  route(app, contract.listSignIns, (filter, { tx }) => findSignIns(tx, filter))
  route(app, contract.listNewDevices, (_, { tx }) => newDevices(tx))
  route(app, contract.acknowledgeDevices, async (_, { tx }) => void (await acknowledge(tx)))
}

/** Rules for all, and help for who has lost his telephone. */
function staffRoutes(app: FastifyInstance) {
  route(app, contract.getSignInRules, async (_, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    return findRules(tx)
  })
  route(app, contract.patchSignInRules, async (changes, { tx }) => {
    await requireRole(tx, 'head')
    const rules = { ...(await findRules(tx)), ...changes }
    // Else the one who sets the rule is the first it locks out.
    if (rules.secondFactorRoles.includes('head') && !(await callerHasFactor(tx))) throw yoursFirst()
    await keepRules(tx, rules)
    forgetHints()
    return findRules(tx)
  })
  route(app, contract.listSecondFactors, async (_, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    return { userIds: await personsWithFactor(tx) }
  })
  route(app, contract.resetSecondFactor, async ({ id }, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    if (!(await resetFactor(tx, id))) throw notFound()
    forgetHints()
  })
}

function denialRoutes(app: FastifyInstance) {
  openRoute(app, contract.getDenial, async ({ token }, { kernel }) => {
    const denial = await denialOf(kernel, token)
    if (!denial) throw notFound()
    const { at, address, agent } = denial
    return { at, address, agent }
  })
  openRoute(app, contract.denySignIn, async ({ token }, context) => {
    const denial = await denialOf(context.kernel, token)
    if (!denial) throw notFound()
    return { invitation: await deny(context, denial.userId, { token, since: denial.at }) }
  })
}

const yoursFirst = () =>
  new Problem(409, 'second-factor-first', {
    ru: 'Сначала включите второй фактор у себя, на странице «Учётная запись».',
    en: 'Set up your own second factor first, on the page “Account”.',
  })
