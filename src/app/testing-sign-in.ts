import type { InjectOptions } from 'fastify'
import type { Answer, TestWorld } from './testing.ts'
import type { Role } from '#shared/roles.ts'

export const password = 'correct horse battery'

let addresses = 0

/** A browser: keeps its cookies, has an address and a name of its own. */
export class TestBrowser {
  readonly address = `10.7.${++addresses >> 8}.${addresses & 255}`
  readonly cookies = new Map<string, string>()
  private readonly world: TestWorld
  private readonly agent: string

  constructor(
    world: TestWorld,
    agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
  ) {
    this.world = world
    this.agent = agent
  }

  async send(
    method: NonNullable<InjectOptions['method']>,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await this.world.app.inject({
      method,
      url: `/api${path}`,
      remoteAddress: this.address,
      headers: {
        'user-agent': this.agent,
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...headers,
      },
      ...(body && { payload: body }),
    })
    for (const { name, value } of response.cookies)
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    const json = String(response.headers['content-type'] ?? '').includes('json')
    return {
      status: response.statusCode,
      body: json ? response.json() : response.body,
      headers: response.headers as Answer['headers'],
      raw: response.rawPayload,
    }
  }

  signIn = (email: string) => this.send('POST', '/session', { email, password })

  /** The status of a request that needs a session. */
  async whoAmI(): Promise<number> {
    return (await this.send('GET', '/me')).status
  }
}

/** A person with his e-mail, for signing in as he does. */
export async function somebody(world: TestWorld, role: Role = 'manager') {
  const person = await world.person(role)
  const [row] = await world.sql<{ email: string }>('select email from users where id = $1', [person.id])
  return { ...person, email: row!.email }
}

/** What the journal of sign-ins says of a person, the latest first. */
export const journalOf = (world: TestWorld, userId: string) =>
  world.sql<{ kind: string; reason: string | null; by_id: string | null; details: Record<string, unknown> }>(
    'select kind, reason, by_id, details from sign_in_events where user_id = $1 order by at desc, id desc',
    [userId],
  )
