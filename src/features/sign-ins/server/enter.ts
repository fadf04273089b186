import { signInHere } from '#server/auth/cookie.ts'
import { meetDevice, rememberDevice } from '#server/auth/devices.ts'
import { keepProviderSession, type ProviderSession } from '#server/auth/outside/provider-session.ts'
import { noteSignIn } from '#server/auth/sign-in-journal.ts'
import { openStep, stepDue } from '#server/auth/sign-in-steps.ts'
import { Problem } from '#server/http/problem.ts'
import type { Context } from '#server/http/route.ts'
import type { Entered } from '#features/sign-ins/contract.ts'
import { tellOfNewDevice } from './new-device-letter.ts'

/** How somebody has proved who he is: a password of ours, a one-time link, another directory. */
export type Via = 'password' | 'set-up' | 'invitation' | 'reset' | 'ldap' | 'oidc'

type AtTheDoor = Pick<Context, 'kernel' | 'request' | 'reply'>

/**
 * What follows the first step of every sign-in, whichever it was: the code, or setting the second factor up where the role asks for it,
 * or the session. Nobody is let in past this.
 */
export async function enter(
  door: AtTheDoor,
  userId: string,
  via: Via,
  outside?: ProviderSession,
): Promise<Entered> {
  const step = await stepDue(door.kernel, userId, via === 'oidc')
  if (!step) return letIn(door, { userId, via, outside })
  await openStep(door.kernel, door.request, door.reply, { userId, step, via, outside })
  return { step }
}

/** Opens the session, after everything that was due. @param secondFactor what the second step was, for the journal */
export async function letIn(
  { kernel, request, reply }: AtTheDoor,
  { userId, via, outside }: { userId: string; via: string; outside?: ProviderSession | undefined },
  secondFactor?: 'totp' | 'recovery',
): Promise<{ id: string }> {
  const device = await meetDevice(kernel, request, userId)
  const sessionId = await signInHere(kernel, request, reply, userId, device.hash).catch((error: unknown) => {
    throw (error as { code?: string }).code === 'KT020' ? secondFactorDue() : error
  })
  if (outside) await keepProviderSession(kernel, sessionId, outside)
  rememberDevice(kernel, request, reply, device)
  // The first browser of all is no news: an invitation or the wizard has just made the account.
  const isNewDevice = device.isNew && via !== 'invitation' && via !== 'set-up'
  const details = { via, ...(secondFactor && { secondFactor }) }
  const event = { kind: 'sign-in', userId, sessionId, isNewDevice, details } as const
  const eventId = await noteSignIn(kernel, request, event)
  if (isNewDevice) await tellOfNewDevice(kernel, request, userId, eventId)
  return { id: userId }
}

const secondFactorDue = () =>
  new Problem(403, 'second-factor-due', {
    ru: 'Для вашей роли нужен второй фактор. Войдите ещё раз, чтобы настроить его.',
    en: 'Your role needs a second factor. Sign in again to set it up.',
  })
