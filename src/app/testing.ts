import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { addAccount } from '#server/auth/accounts.ts'
import { addToken } from '#server/auth/sessions.ts'
import type { Role } from '#shared/roles.ts'
import { type KernelOptions, startKernel } from './kernel.ts'
import { buildServer } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection of the test server: owner and bare login, database `template`. */
    postgres: { owner: pg.ClientConfig; app: pg.ClientConfig; template: string }
  }
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies freely
export interface Answer<Body = any> {
  status: number
  body: Body
  headers: Record<string, string | string[] | number | undefined>
  raw: Buffer
}

export interface Person {
  id: string
  name: string
  token: string
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown): Promise<Answer>
  patch(path: string, body?: unknown): Promise<Answer>
  put(path: string, body?: unknown): Promise<Answer>
  del(path: string): Promise<Answer>
  /** multipart/form-data with one file and fields */
  upload(
    path: string,
    file: { name: string; data: Uint8Array; field?: string },
    fields?: Record<string, string>,
  ): Promise<Answer>
}

export interface TestWorld {
  app: FastifyInstance
  /** Past every right: for looking at what is really there. */
  sql<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>
  person(role: Role, options?: { team?: string; name?: string }): Promise<Person>
  stranger: Person
  /** The connections of this world's own database. */
  configs: { owner: pg.ClientConfig; app: pg.ClientConfig }
}

/**
 * A product of its own for one test file: a clone of the migrated template database, the real server, no port.
 * Call at the top of a `describe` or file; the world is ready inside tests.
 */
export function testWorld(
  options: {
    /** A base nobody has set up yet: no company either. */
    empty?: boolean
    /** What this world's kernel is made with beside the usual. */
    kernel?: () => Promise<Partial<KernelOptions>>
  } = {},
): TestWorld {
  const world = {} as TestWorld
  let close = async () => {}
  beforeAll(async () => {
    const { owner, app: login, template } = inject('postgres')
    const name = `t_${randomBytes(6).toString('hex')}`
    await asOwner(owner, async (client) => {
      await client.query(`create database ${name} template ${template}`)
      await client.query(`grant connect on database ${name} to ${login.user}`)
    })
    const configs = { owner: { ...owner, database: name }, app: { ...login, database: name } }
    const dataDir = await mkdtemp(join(tmpdir(), 'kartoteka-world-'))
    const kernel = await startKernel({
      ...configs,
      embedded: true,
      secret: Buffer.alloc(32, 7),
      dataDir,
      poolSizes: { app: 6, owner: 4 },
      ...(await options.kernel?.()),
    })
    const app = await buildServer(kernel)
    if (!options.empty) {
      await kernel.database.app.query(
        `insert into company (name, time_zone, city_code, language) values ('Проба', 'Europe/Moscow', '495', 'ru')`,
      )
    }
    Object.assign(world, {
      app,
      configs,
      sql: async (text: string, values?: unknown[]) => (await kernel.database.owner.query(text, values)).rows,
      person: (role: Role, options?: { team?: string; name?: string }) => addPerson(app, role, options),
      stranger: personOf(app, { id: '', name: '', token: '' }),
    } satisfies TestWorld)
    close = async () => {
      await app.close()
      await kernel.close()
      await rm(dataDir, { recursive: true, force: true })
      await asOwner(owner, (client) => client.query(`drop database ${name} with (force)`))
    }
  })
  afterAll(() => close())
  return world
}

async function asOwner(config: pg.ClientConfig, work: (client: pg.Client) => Promise<unknown>) {
  const client = new pg.Client({ ...config, database: 'postgres' })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

async function addPerson(
  app: FastifyInstance,
  role: Role,
  options: { team?: string; name?: string } = {},
): Promise<Person> {
  const pool = app.kernel.database.app
  const name = options.name ?? `${role} ${randomBytes(3).toString('hex')}`
  const id = await addAccount(pool, {
    email: `${randomUUID()}@example.test`,
    name,
    role,
    team: options.team,
    password: 'correct horse battery',
  })
  return personOf(app, { id, name, token: await addToken(pool, id, 'test') })
}

function personOf(app: FastifyInstance, who: { id: string; name: string; token: string }): Person {
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await app.inject({
      method: method as NonNullable<InjectOptions['method']>,
      url: `/api${path}`,
      headers: { ...(who.token && { authorization: `Bearer ${who.token}` }), ...headers },
      ...(body !== undefined && { payload: body as InjectOptions['payload'] }),
    })
    const json = String(response.headers['content-type'] ?? '').includes('json')
    return {
      status: response.statusCode,
      body: json ? response.json() : response.body,
      headers: response.headers as Answer['headers'],
      raw: response.rawPayload,
    }
  }
  return {
    ...who,
    call,
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    patch: (path, body) => call('PATCH', path, body),
    put: (path, body) => call('PUT', path, body),
    del: (path) => call('DELETE', path),
    upload: (path, file, fields = {}) => {
      const boundary = `b${randomBytes(8).toString('hex')}`
      const parts: Uint8Array[] = Object.entries(fields).map(([name, value]) =>
        Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
      )
      parts.push(
        Buffer.from(
          `--${boundary}\r\ncontent-disposition: form-data; name="${file.field ?? 'file'}"; filename="${file.name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
        ),
        file.data,
        Buffer.from(`\r\n--${boundary}--\r\n`),
      )
      return call('POST', path, Buffer.concat(parts), {
        'content-type': `multipart/form-data; boundary=${boundary}`,
      })
    },
  }
}
