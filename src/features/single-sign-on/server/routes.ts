import type { FastifyInstance } from 'fastify'
import {
  endProviderSignIn,
  getGroupRules,
  getSignInWays,
  permitLink,
  putGroupRules,
  startProviderSignIn,
  unlinkAccount,
} from '#features/single-sign-on/contract.ts'
import { forgetHints } from '#server/auth/caller.ts'
import { rememberFlow } from '#server/auth/outside/provider-flow.ts'
import { wayOut } from '#server/auth/outside/provider.ts'
import { requireRole } from '#server/auth/require-role.ts'
import { openRoute, route } from '#server/http/route.ts'
import { allowLink, forgetLink, readGroupRules, writeGroupRules } from './queries.ts'
import { finishSignIn, providerOf, sendBack } from './finish-sign-in.ts'

/** Signing in through the company's provider, and what groups of the provider and the directory give here. */
export function singleSignOnRoutes(app: FastifyInstance) {
  openRoute(app, getSignInWays, (_, { kernel: { outside } }) => ({
    provider: outside.provider?.name ?? null,
    directory: outside.directory !== null,
  }))
  openRoute(app, startProviderSignIn, async ({ to }, { kernel, request, reply }) => {
    const { settings, publicUrl } = providerOf(kernel)
    try {
      const { address, flow } = await wayOut(settings, publicUrl, to)
      rememberFlow(kernel, request, reply, flow)
      await reply.redirect(address, 303)
    } catch (error) {
      sendBack(request, reply, 'provider-away', error)
    }
  })
  openRoute(app, endProviderSignIn, ({ state }, { kernel, request, reply }) =>
    finishSignIn(kernel, request, reply, state),
  )

  route(app, getGroupRules, async (_, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    return readGroupRules(tx)
  })
  route(app, putGroupRules, async (rules, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    await writeGroupRules(tx, rules)
    return readGroupRules(tx)
  })
  route(app, permitLink, async ({ id }, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    await allowLink(tx, id)
  })
  route(app, unlinkAccount, async ({ id }, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    await forgetLink(tx, id)
    forgetHints()
  })
}
