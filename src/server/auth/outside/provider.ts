import * as oidc from 'openid-client'
import { ownAddress } from '#shared/own-address.ts'
import type { OutsidePerson } from './outside-person.ts'
import type { Flow } from './provider-flow.ts'
import { newState } from './provider-flow.ts'
import type { ProviderSettings } from './settings.ts'

const answerSeconds = 10
/** So far the provider's clock may be from ours. */
const skewSeconds = 60
const keptMs = 60_000

/** The provider could not be asked: away, or not what it was configured as. */
export class ProviderAway extends Error {}

let kept: { key: string; until: number; read: Promise<oidc.Configuration> } | undefined

/** What the provider says of itself; for a minute not asked anew, so that strangers pressing the button are no load to it. */
function aboutProvider(settings: ProviderSettings): Promise<oidc.Configuration> {
  const key = JSON.stringify(settings)
  if (kept?.key !== key || kept.until < Date.now()) {
    const read = discover(settings)
    kept = { key, until: Date.now() + keptMs, read }
    read.catch(() => (kept = undefined))
  }
  return kept.read
}

/** @throws ProviderAway */
export async function discover({
  issuer,
  clientId,
  clientSecret,
}: ProviderSettings): Promise<oidc.Configuration> {
  try {
    return await oidc.discovery(
      new URL(issuer),
      clientId,
      { [oidc.clockTolerance]: skewSeconds },
      clientSecret === null ? oidc.None() : bySecret(clientSecret),
      {
        timeout: answerSeconds,
        // The signature of the id token is checked too, not only where it came from.
        execute: [
          oidc.enableNonRepudiationChecks,
          ...(issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : []),
        ],
      },
    )
  } catch (error) {
    throw new ProviderAway(reasonOf(error))
  }
}

/** As the provider takes it: in the header where it says nothing else. */
const bySecret =
  (secret: string): oidc.ClientAuth =>
  (server, client, body, headers) =>
    (server.token_endpoint_auth_methods_supported?.includes('client_secret_basic') === false
      ? oidc.ClientSecretPost(secret)
      : oidc.ClientSecretBasic(secret))(server, client, body, headers)

/** Where to send a browser that wants in, and what it must bring back. @throws ProviderAway */
export async function wayOut(
  settings: ProviderSettings,
  publicUrl: string,
  to: string | undefined,
): Promise<{ address: string; flow: Omit<Flow, 'until'> }> {
  const about = await aboutProvider(settings)
  const flow = {
    state: newState(),
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
    to: shortAddress(to),
  }
  const address = oidc.buildAuthorizationUrl(about, {
    redirect_uri: returnAddress(publicUrl),
    scope: settings.scopes,
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(flow.verifier),
    code_challenge_method: 'S256',
  })
  return { address: address.href, flow }
}

/** Sealed into a cookie, of which browsers keep 4 KB. */
const shortAddress = (to: string | undefined) => {
  const address = ownAddress(to)
  return address.length > 1500 ? '/' : address
}

/**
 * Who came back from the provider with this answer: code exchanged, id token checked (signature, issuer, audience, nonce, time).
 * The provider's description and keys are read anew each time: keys it changed this minute are known.
 * @param search of the address it sent the browser to
 * @throws whatever does not fit
 */
export async function wayBack(
  settings: ProviderSettings,
  publicUrl: string,
  search: string,
  flow: Flow,
): Promise<{ person: OutsidePerson; idToken: string }> {
  const about = await discover(settings)
  const tokens = await oidc.authorizationCodeGrant(about, new URL(returnAddress(publicUrl) + search), {
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    pkceCodeVerifier: flow.verifier,
    idTokenExpected: true,
  })
  const signed = tokens.claims()!
  const told = about.serverMetadata().userinfo_endpoint
    ? await oidc.fetchUserInfo(about, tokens.access_token, signed.sub)
    : {}
  return { person: personOf(settings, { ...told, ...signed }), idToken: tokens.id_token! }
}

/** Where signing out goes on, so that the provider's own session ends too; undefined where it knows no such place. */
export async function wayOff(
  settings: ProviderSettings,
  publicUrl: string,
  idToken: string,
): Promise<string | undefined> {
  const about = await aboutProvider(settings)
  if (!about.serverMetadata().end_session_endpoint) return undefined
  return oidc.buildEndSessionUrl(about, {
    id_token_hint: idToken,
    post_logout_redirect_uri: `${publicUrl}/sign-in`,
  }).href
}

export const returnAddress = (publicUrl: string) => `${publicUrl}/api/provider/return`

type Claims = Record<string, unknown> & { sub: string }

function personOf({ issuer, groupsClaim, emailTrusted }: ProviderSettings, claims: Claims): OutsidePerson {
  const email = text(claims.email)
  const login = text(claims.preferred_username) ?? email ?? claims.sub
  return {
    source: 'provider',
    issuer,
    subject: claims.sub,
    login,
    email: email && /^\S+@\S+$/.test(email) ? email : null,
    emailVerified: emailTrusted || claims.email_verified === true || claims.email_verified === 'true',
    name: text(claims.name) ?? login,
    groups: groupsIn(claims, groupsClaim),
  }
}

/** `groups`, a name with dots and slashes of its own, or a way down: `realm_access.roles`. */
function groupsIn(claims: Claims, name: string): string[] {
  const found =
    claims[name] ??
    name.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], claims)
  return [found].flat().filter((one): one is string => typeof one === 'string')
}

const text = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined)

/** What is behind a failure of the library, for the server's log: never a token. */
export function reasonOf(error: unknown): string {
  const { message, code, cause } = error as { message?: string; code?: string; cause?: { message?: string } }
  return [message, code, cause?.message].filter(Boolean).join(': ')
}
