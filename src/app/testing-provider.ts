import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface ProviderAccount {
  email?: string
  email_verified?: boolean
  name?: string
  preferred_username?: string
  groups?: string[]
}

export interface TestProvider {
  issuer: string
  /** By subject; whoever the form names signs in. Changed between sign-ins at will. */
  accounts: Record<string, ProviderAccount>
  /** A lie in the id token, signed with the provider's own key: header or claims laid over the true ones. */
  lie: { header?: Record<string, unknown>; claims?: Record<string, unknown>; key?: KeyObject } | null
  /** Signs with a new key from now on and knows the old one no more. */
  changeKeys(): void
  /** Walks a browser's way from the address of the provider to where it sends the browser back. */
  walk(address: string, subject: string): Promise<string>
  stop(): Promise<void>
}

/** The parts of the package used here; it brings no types. */
interface Context {
  oidc?: { route?: string }
  body: { id_token?: string } | undefined
}
interface Provider {
  callback(): (request: IncomingMessage, response: ServerResponse) => void
  use(middleware: (context: Context, next: () => Promise<void>) => Promise<void>): void
  interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>
  Grant: new (given: object) => { addOIDCScope(scope: string): void; save(): Promise<string> }
}

const clientId = 'kartoteka'
export const clientSecret = 'a secret of tests alone, long enough'

/** A real OpenID Connect provider on loopback, with one client: the product at `publicUrl`. */
export async function startProvider(publicUrl: string): Promise<TestProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  const state: TestProvider = {
    issuer,
    accounts: {},
    lie: null,
    changeKeys: () => void serveWith(newKey()),
    walk: (address, subject) => walk(issuer, address, subject),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  // The name is not a literal: the package brings no types for the compiler to look for.
  const name: string = 'oidc-provider'
  const { default: Made } = (await import(name)) as {
    default: new (issuer: string, configuration: object) => Provider
  }
  const serveWith = (key: Key) => {
    const provider = new Made(issuer, configuration(state, publicUrl, key))
    provider.use(async (context, next) => {
      await next()
      if (state.lie && context.oidc?.route === 'token' && context.body?.id_token)
        context.body.id_token = told(context.body.id_token, key, state.lie)
    })
    const answer = provider.callback()
    server.removeAllListeners('request')
    server.on('request', (request, response) => {
      if (request.url?.startsWith('/login/')) void logIn(provider, request, response)
      else answer(request, response)
    })
  }
  serveWith(newKey())
  return state
}

interface Key {
  id: string
  secret: KeyObject
}

let keys = 0
const newKey = (): Key => ({
  id: `key-${++keys}`,
  secret: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
})

const configuration = (state: TestProvider, publicUrl: string, key: Key) => ({
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [`${publicUrl}/api/provider/return`],
      post_logout_redirect_uris: [`${publicUrl}/sign-in`],
    },
  ],
  jwks: { keys: [{ ...key.secret.export({ format: 'jwk' }), kid: key.id, use: 'sig', alg: 'RS256' }] },
  cookies: { keys: ['of tests alone'] },
  claims: {
    openid: ['sub'],
    email: ['email', 'email_verified'],
    profile: ['name', 'preferred_username', 'groups'],
  },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/login/${uid}` },
  findAccount: (_context: unknown, subject: string) =>
    state.accounts[subject] && {
      accountId: subject,
      claims: () => ({ sub: subject, ...state.accounts[subject] }),
    },
  // Nobody is asked whether the company's own product may know his name.
  loadExistingGrant: async (context: {
    oidc: { client: { clientId: string }; session: { accountId: string }; provider: Provider }
  }) => {
    const { client, session, provider } = context.oidc
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
    grant.addOIDCScope('openid email profile')
    await grant.save()
    return grant
  },
  ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 60, Interaction: 600, Session: 600, Grant: 600 },
})

/** The provider's sign-in form: a subject, no password. */
async function logIn(provider: Provider, request: IncomingMessage, response: ServerResponse) {
  if (request.method !== 'POST') {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(
      '<!doctype html><html lang="en"><title>Provider</title><main><h1>Provider</h1><form method="post"><label>Login <input name="login" autofocus></label><button>Go on</button></form></main></html>',
    )
    return
  }
  let form = ''
  for await (const chunk of request) form += String(chunk)
  const accountId = new URLSearchParams(form).get('login') ?? ''
  await provider.interactionFinished(request, response, { login: { accountId } })
}

/** A small browser: cookies of the provider, its redirects, its form. */
async function walk(issuer: string, address: string, subject: string): Promise<string> {
  const jar = new Map<string, string>()
  let at = address
  for (let steps = 0; steps < 12; steps += 1) {
    if (!at.startsWith(`${issuer}/`)) return at
    const atForm = at.startsWith(`${issuer}/login/`)
    const response = await fetch(at, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(atForm && { method: 'POST', body: new URLSearchParams({ login: subject }) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    const next = response.headers.get('location')
    if (!next) throw new Error(`the provider stopped at ${at}: ${response.status} ${await response.text()}`)
    at = new URL(next, at).href
  }
  throw new Error('the provider goes in circles')
}

/** The token with the lie in it, signed anew. */
function told(token: string, key: Key, lie: NonNullable<TestProvider['lie']>): string {
  const [header = '', claims = ''] = token.split('.')
  const part = (text: string, over: object | undefined) =>
    Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(text, 'base64url').toString()), ...over }),
    ).toString('base64url')
  const signed = `${part(header, lie.header)}.${part(claims, lie.claims)}`
  return `${signed}.${sign('sha256', Buffer.from(signed), lie.key ?? key.secret).toString('base64url')}`
}
