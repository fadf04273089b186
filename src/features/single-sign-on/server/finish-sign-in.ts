import type { FastifyReply, FastifyRequest } from 'fastify'
import { enter } from '#features/sign-ins/server/enter.ts'
import { admit } from '#server/auth/outside/admit.ts'
import { takeFlow } from '#server/auth/outside/provider-flow.ts'
import { sealedIdToken } from '#server/auth/outside/provider-session.ts'
import { ProviderAway, reasonOf, wayBack } from '#server/auth/outside/provider.ts'
import type { ProviderSettings } from '#server/auth/outside/settings.ts'
import { noteSignIn } from '#server/auth/sign-in-journal.ts'
import { notFound, Problem } from '#server/http/problem.ts'
import type { Kernel } from '#server/kernel.ts'

/** @throws Problem 404 where no provider is configured */
export function providerOf({ outside: { provider }, publicUrl }: Kernel): {
  settings: ProviderSettings
  publicUrl: string
} {
  if (!provider || !publicUrl) throw notFound()
  return { settings: provider, publicUrl }
}

/** The browser is back from the provider: a person looks at it, so whatever is in the way is said on the sign-in screen. */
export async function finishSignIn(
  kernel: Kernel,
  request: FastifyRequest,
  reply: FastifyReply,
  state: string,
) {
  const { settings, publicUrl } = providerOf(kernel)
  const flow = takeFlow(kernel, request, reply, state)
  if (!flow) return sendBack(request, reply, 'sign-in-stale')
  try {
    const { person, idToken } = await wayBack(settings, publicUrl, searchOf(request), flow)
    const userId = await admit(kernel, request, person)
    const outside = { idToken: sealedIdToken(kernel, idToken), hours: settings.sessionHours }
    const entered = await enter({ kernel, request, reply }, userId, 'oidc', outside)
    const step = 'step' in entered && new URLSearchParams({ step: entered.step, to: flow.to })
    await reply.redirect(step ? `/sign-in?${step.toString()}` : flow.to, 303)
  } catch (error) {
    const failure = failureOf(error)
    if (failure === 'provider-refused')
      await noteSignIn(kernel, request, { kind: 'failure', reason: 'provider-refused' })
    sendBack(request, reply, failure, error)
  }
}

const searchOf = ({ url }: FastifyRequest) => (url.includes('?') ? url.slice(url.indexOf('?')) : '')

const failureOf = (error: unknown) => {
  if (error instanceof Problem) return error.type
  if (error instanceof ProviderAway) return 'provider-away'
  return (error as { error?: string }).error === 'access_denied' ? 'provider-denied' : 'provider-refused'
}

/** @param failure the word behind `?failed=` that the screen has a sentence for */
export function sendBack(request: FastifyRequest, reply: FastifyReply, failure: string, error?: unknown) {
  if (error && !(error instanceof Problem))
    request.log.warn(`sign-in through the provider: ${reasonOf(error)}`)
  void reply.redirect(`/sign-in?failed=${failure}`, 303)
}
