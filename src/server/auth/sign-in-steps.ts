import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Kernel } from '#server/kernel.ts'
import { Problem } from '#server/http/problem.ts'
import { hashToken } from './caller.ts'
import { cookieAttributes } from './cookie.ts'
import type { ProviderSession } from './outside/provider-session.ts'
import { ownMoment } from './moment.ts'

const stepCookie = 'kartoteka-step'
const minutes = 15
/** Then the password is asked for anew. */
const mostTries = 5

/** What is still due of a sign-in whose first step was right: a code, or setting the second factor up. */
export type Step = 'code' | 'set-up'

export interface SignInStep {
  userId: string
  step: Step
  /** How the first step was taken. */
  via: string
  /** What the session to come carries of the provider. */
  outside?: ProviderSession | undefined
}

/**
 * What this person still owes before he is let in; null: nothing.
 * @param throughProvider whose own second factor may be trusted to be enough (`auth.admission`)
 */
export async function stepDue(
  kernel: Kernel,
  userId: string,
  throughProvider: boolean,
): Promise<Step | null> {
  const { rows } = await kernel.database.app.query<{ step: Step | null }>(
    `select case when $2 and exists (select 1 from auth.admission where trusts_provider_factor) then null
       when exists (select 1 from auth.second_factors where user_id = $1) then 'code'
       when auth.owes_second_factor($1) then 'set-up' end as step`,
    [userId, throughProvider],
  )
  return rows[0]!.step
}

/** Notes that the first step was right; proved by a cookie that opens nothing else. */
export async function openStep(
  kernel: Kernel,
  request: FastifyRequest,
  reply: FastifyReply,
  { userId, step, via, outside }: SignInStep,
) {
  const token = randomBytes(32).toString('base64url')
  await kernel.database.app.query(
    `with gone as (delete from auth.sign_in_steps where expires_at < coalesce($5::timestamptz, now()))
     insert into auth.sign_in_steps (token_hash, user_id, step, via, expires_at, id_token, hours)
     values ($1, $2, $3, $4, coalesce($5::timestamptz, now()) + make_interval(mins => $6), $7, $8)`,
    [
      hashToken(token),
      userId,
      step,
      via,
      ownMoment(kernel),
      minutes,
      outside?.idToken ?? null,
      outside?.hours ?? null,
    ],
  )
  reply.setCookie(stepCookie, token, { ...attributes(kernel, request), maxAge: minutes * 60 })
}

/**
 * The sign-in this browser is in the middle of; counted as a try of the code.
 * @throws Problem 401 where there is none, it is too old or has been tried too often
 */
export async function stepOfRequest(
  kernel: Kernel,
  request: FastifyRequest,
  step: Step,
): Promise<SignInStep> {
  const token = request.cookies[stepCookie]
  const { rows } = await kernel.database.app.query<
    SignInStep & { idToken: Buffer | null; hours: number | null }
  >(
    `update auth.sign_in_steps s set tries = tries + 1 from users u
     where s.token_hash = $1 and s.step = $2 and s.expires_at > coalesce($3::timestamptz, now()) and s.tries < $4
       and u.id = s.user_id and u.active
       -- Begun while there was no second factor, it replaces none that has been set up since.
       and ($2 = 'code' or not exists (select 1 from auth.second_factors f where f.user_id = s.user_id))
     returning s.user_id as "userId", s.step, s.via, s.id_token as "idToken", s.hours`,
    [hashToken(token ?? ''), step, ownMoment(kernel), step === 'code' ? mostTries : mostTries * 4],
  )
  if (rows[0]) {
    const { idToken, hours, ...rest } = rows[0]
    return { ...rest, outside: idToken && hours !== null ? { idToken, hours } : undefined }
  }
  throw new Problem(401, 'sign-in-anew', {
    ru: 'Вход занял слишком много времени или попыток. Введите почту и пароль ещё раз.',
    en: 'Signing in took too long or too many tries. Enter e-mail and password again.',
  })
}

/** The sign-in is done, or given up. */
export async function closeStep(kernel: Kernel, request: FastifyRequest, reply: FastifyReply) {
  const token = request.cookies[stepCookie]
  if (!token) return
  await kernel.database.app.query('delete from auth.sign_in_steps where token_hash = $1', [hashToken(token)])
  reply.clearCookie(stepCookie, attributes(kernel, request))
}

const attributes = (kernel: Kernel, request: FastifyRequest) =>
  ({ ...cookieAttributes(kernel, request), path: '/api/session', sameSite: 'strict' }) as const
