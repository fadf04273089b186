import type { Kernel } from '#server/kernel.ts'
import { seal, unseal } from '#server/sealed.ts'
import { wayOff } from './provider.ts'

/** What a session through the provider carries, from the first step of its sign-in to the last. */
export interface ProviderSession {
  idToken: Buffer
  /** It ends within so many hours. */
  hours: number
}

export const sealedIdToken = ({ secret }: Kernel, idToken: string) =>
  seal(secret, 'provider sign-in', idToken)

/** Notes that a session came through the provider: it ends within hours, and signing out ends the provider's own too. */
export async function keepProviderSession(
  kernel: Kernel,
  sessionId: string,
  { idToken, hours }: ProviderSession,
) {
  await kernel.database.app.query(
    `with it as (
       update auth.sessions set ends_at = least(ends_at, created_at + make_interval(secs => $2 * 3600)),
         expires_at = least(expires_at, created_at + make_interval(secs => $2 * 3600))
       where id = $1 returning id)
     insert into auth.provider_sessions (session_id, id_token) select id, $3 from it`,
    [sessionId, hours, idToken],
  )
}

/** The id token a session came with; undefined: it came another way. Read it before the session ends. */
export async function idTokenOf(kernel: Kernel, sessionId: string): Promise<string | undefined> {
  const { database, secret } = kernel
  const { rows } = await database.app.query<{ sealed: Buffer }>(
    'select id_token as sealed from auth.provider_sessions where session_id = $1',
    [sessionId],
  )
  return (rows[0] && unseal(secret, 'provider sign-in', rows[0].sealed)) ?? undefined
}

/** Where the browser goes to end the session at the provider too; undefined: nowhere, or the provider does not answer. */
export async function providerSignOut(
  { outside, publicUrl }: Kernel,
  idToken: string | undefined,
): Promise<string | undefined> {
  if (!idToken || !outside.provider || !publicUrl) return undefined
  return wayOff(outside.provider, publicUrl, idToken).catch(() => undefined)
}
