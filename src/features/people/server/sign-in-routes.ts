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
import * as accounts from '#server/auth/accounts.ts'
import { confirmSession } from '#server/auth/caller.ts'
import { countTry, forgiveTry } from '#server/auth/attempts.ts'
import { forgetCookie, signInHere } from '#server/auth/cookie.ts'
import { directoryAccount } from '#server/auth/outside/directory-sign-in.ts'
import { providerSignOut } from '#server/auth/outside/provider-session.ts'
import { accountWith, passwordFits } from '#server/auth/passwords.ts'
import * as sessions from '#server/auth/sessions.ts'
import { invalid, notFound, Problem } from '#server/http/problem.ts'
import { openRoute, route } from '#server/http/route.ts'

/**
 * Signing in and out, own sessions and tokens, links. Accounts are out of reach of the roles that carry requests, so these acts go
 * through the gate's own functions, for a caller confirmed that moment and nobody else.
 */
export function signInRoutes(app: FastifyInstance) {
  openRoute(app, signIn, async ({ email, password }, { kernel, request, reply }) => {
    const pool = kernel.database.app
    await countTry(pool, email, request.ip, 100)
    const account =
      (await accountWith(pool, email, password)) ?? (await directoryAccount(kernel, request, email, password))
    if (!account) throw wrongSignIn()
    await forgiveTry(pool, email, request.ip)
    await signInHere(kernel, request, reply, account.id)
    return { id: account.id }
  })
  route(app, signOut, async (_, { kernel, caller, request, reply }) => {
    const goOn = await providerSignOut(kernel, caller.sessionId)
    await sessions.endSession(kernel.database.app, caller.id, caller.sessionId)
    forgetCookie(kernel, request, reply)
    return goOn === undefined ? undefined : { goOn }
  })

  route(app, listSessions, async (_, { kernel, caller }) => {
    await confirmSession(kernel.database.app, caller)
    const rows = await sessions.sessionsOf(kernel.database.app, caller.id)
    return rows.map((row) => ({ ...row, current: row.id === caller.sessionId }))
  })
  route(app, endSession, async ({ id }, { kernel, caller }) => {
    await confirmSession(kernel.database.app, caller)
    if (!(await sessions.endSession(kernel.database.app, caller.id, id))) throw notFound()
  })
  route(app, addToken, async ({ name }, { kernel, caller }) => {
    await confirmSession(kernel.database.app, caller)
    return { token: await sessions.addToken(kernel.database.app, caller.id, name) }
  })
  route(app, changePassword, async ({ current, next }, { kernel, caller, request }) => {
    const pool = kernel.database.app
    await confirmSession(pool, caller)
    // A forgotten open screen must not be a place to guess the password at.
    await countTry(pool, caller.id, request.ip)
    if (!(await passwordFits(pool, caller.id, current))) throw invalid('current', wrongPassword)
    await forgiveTry(pool, caller.id, request.ip)
    await sessions.changePassword(pool, caller.id, next, caller.sessionId)
  })

  openRoute(app, getInvitation, async ({ token }, { kernel }) => {
    const invitation = await accounts.invitationOf(kernel.database.app, token)
    if (!invitation) throw notFound()
    const { email, name, purpose, company } = invitation
    return { email, name, purpose, company }
  })
  openRoute(app, acceptInvitation, async ({ token, password }, { kernel, request, reply }) => {
    const pool = kernel.database.app
    // Looked up before the slow hashing, so that guessing links costs us nothing.
    if (!(await accounts.invitationOf(pool, token))) throw notFound()
    const id = await accounts.acceptInvitation(pool, token, password)
    if (!id) throw notFound()
    await signInHere(kernel, request, reply, id)
    return { id }
  })
}

const wrongPassword = { ru: 'Это не ваш нынешний пароль.', en: 'This is not your present password.' }

/** One sentence for an unknown e-mail, a wrong password and a dismissed person: it tells nobody who works here. */
const wrongSignIn = () =>
  new Problem(401, 'wrong-sign-in', {
    ru: 'Почта или пароль не подходят.',
    en: 'The e-mail or the password does not fit.',
  })
