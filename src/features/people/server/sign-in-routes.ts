import type { FastifyInstance } from 'fastify'
import {
  acceptInvitation,
  addToken,
  changePassword,
  endSession,
  getInvitation,
  listSessions,
  signIn,
  signOut,
} from '#features/people/contract.ts'
import { enter } from '#features/sign-ins/server/enter.ts'
import * as accounts from '#server/auth/accounts.ts'
import { confirmSession } from '#server/auth/caller.ts'
import { countTry, forgiveTry } from '#server/auth/attempts.ts'
import { forgetCookie } from '#server/auth/cookie.ts'
import { ownMoment } from '#server/auth/moment.ts'
import { directoryAccount } from '#server/auth/outside/directory-sign-in.ts'
import { idTokenOf, providerSignOut } from '#server/auth/outside/provider-session.ts'
import { type FailureReason, noteSignIn } from '#server/auth/sign-in-journal.ts'
import { accountWith, passwordFits } from '#server/auth/passwords.ts'
import * as sessions from '#server/auth/sessions.ts'
import { invalid, notFound, Problem } from '#server/http/problem.ts'
import { openRoute, route } from '#server/http/route.ts'

/**
 * Signing in and out, own sessions and tokens, links. Accounts are out of reach of the roles that carry requests, so these acts go
 * through the gate's own functions, for a caller confirmed that moment and nobody else.
 */
export function signInRoutes(app: FastifyInstance) {
  openRoute(app, signIn, async ({ email, password }, door) => {
    const { kernel, request } = door
    const pool = kernel.database.app
    const fail = (userId: string | undefined, reason: FailureReason) =>
      noteSignIn(kernel, request, { kind: 'failure', userId, reason, ...(!userId && { account: email }) })
    await countTry(pool, email, request.ip, 100, () => fail(undefined, 'too-many'))
    const here = await accountWith(pool, email, password)
    const there = here.reason ? await directoryAccount(kernel, request, email, password) : undefined
    if (here.reason && !there) {
      await fail(here.id, here.reason)
      throw wrongSignIn()
    }
    const id = there?.id ?? here.id!
    await forgiveTry(pool, email, request.ip)
    return enter(door, id, there ? 'ldap' : 'password')
  })
  route(app, signOut, async (_, { kernel, caller, request, reply }) => {
    const idToken = await idTokenOf(kernel, caller.sessionId)
    await sessions.endSession(kernel.database.app, caller.id, caller.sessionId)
    forgetCookie(kernel, request, reply)
    await noteSignIn(kernel, request, { kind: 'sign-out', userId: caller.id, sessionId: caller.sessionId })
    // Over here, whether the provider answers or not.
    const goOn = await providerSignOut(kernel, idToken)
    return goOn === undefined ? undefined : { goOn }
  })

  route(app, listSessions, async (_, { kernel, caller }) => {
    await confirmSession(kernel, caller)
    const rows = await sessions.sessionsOf(kernel.database.app, caller.id, ownMoment(kernel))
    return rows.map((row) => ({ ...row, current: row.id === caller.sessionId }))
  })
  route(app, endSession, async ({ id }, { kernel, caller, request }) => {
    await confirmSession(kernel, caller)
    const ended = await sessions.endSession(kernel.database.app, caller.id, id)
    if (!ended) throw notFound()
    const { kind, name } = ended
    const event = kind === 'token' ? 'token-revoked' : 'session-ended'
    await noteSignIn(kernel, request, { kind: event, userId: caller.id, sessionId: id, details: { name } })
  })
  route(app, addToken, async ({ name }, { kernel, caller, request }) => {
    await confirmSession(kernel, caller)
    const token = await sessions.addToken(kernel.database.app, caller.id, name)
    await noteSignIn(kernel, request, { kind: 'token-made', userId: caller.id, details: { name } })
    return { token }
  })
  route(app, changePassword, async ({ current, next }, { kernel, caller, request }) => {
    const pool = kernel.database.app
    await confirmSession(kernel, caller)
    // A forgotten open screen must not be a place to guess the password at.
    await countTry(pool, caller.id, request.ip)
    if (!(await passwordFits(pool, caller.id, current))) {
      await noteSignIn(kernel, request, { kind: 'failure', userId: caller.id, reason: 'wrong-password' })
      throw invalid('current', wrongPassword)
    }
    await forgiveTry(pool, caller.id, request.ip)
    await sessions.changePassword(pool, caller.id, next, caller.sessionId)
    await noteSignIn(kernel, request, { kind: 'password-changed', userId: caller.id })
  })

  openRoute(app, getInvitation, async ({ token }, { kernel }) => {
    const invitation = await accounts.invitationOf(kernel.database.app, token)
    if (!invitation) throw notFound()
    const { email, name, purpose, company } = invitation
    return { email, name, purpose, company }
  })
  openRoute(app, acceptInvitation, async ({ token, password }, door) => {
    const { kernel, request } = door
    const pool = kernel.database.app
    // Looked up before the slow hashing, so that guessing links costs us nothing.
    const invitation = await accounts.invitationOf(pool, token)
    if (!invitation) throw notFound()
    const id = await accounts.acceptInvitation(pool, token, password)
    if (!id) throw notFound()
    const { purpose } = invitation
    await noteSignIn(kernel, request, { kind: 'link-used', userId: id, details: { purpose } })
    // A link is no way past the second factor.
    return enter(door, id, purpose)
  })
}

const wrongPassword = { ru: 'Это не ваш нынешний пароль.', en: 'This is not your present password.' }

/** One sentence for an unknown e-mail, a wrong password and a dismissed person: it tells nobody who works here. */
const wrongSignIn = () =>
  new Problem(401, 'wrong-sign-in', {
    ru: 'Почта или пароль не подходят.',
    en: 'The e-mail or the password does not fit.',
  })
