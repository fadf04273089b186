import { createWriteStream, openAsBlob, renameSync, rmSync } from 'node:fs'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { accountOf } from '#server/auth/accounts.ts'
import { addToken } from '#server/auth/sessions.ts'
import type { Database } from '#server/db/database.ts'
import { startKernel } from '#app/kernel.ts'
import { buildServer } from '#app/server.ts'
import { Failure } from './failure.ts'
import { listen } from './listener.ts'
import { type Base, withBase } from './open-base.ts'

/** The product's own API, called as one person: his rights, his journal. */
export interface Calls {
  /** @throws Failure with the problem's sentence */
  call<T>(method: string, path: string, body?: object): Promise<T>
  upload<T>(path: string, file: string, fields: Record<string, string>): Promise<T>
  download(path: string, file: string): Promise<void>
  signal: AbortSignal
}

/**
 * Carries out a command as a person would in the browser. The server for it lives inside the command, so that it is the
 * same whether or not another one runs.
 * @param email whose rights; by default those of the first head
 */
export async function asPerson<T>(
  command: string,
  email: string | undefined,
  work: (calls: Calls) => Promise<T>,
): Promise<T> {
  return withBase(command, async (base) => {
    const userId = await personOf(base.database, email)
    const token = await addToken(base.database.app, userId, command)
    const { address, close } = await serveInside(base)
    try {
      return await work(callsOf(address, token, base.signal))
    } finally {
      await base.database.app.query(
        `delete from auth.sessions where user_id = $1 and name = $2 and kind = 'token'`,
        [userId, command],
      )
      await close()
    }
  })
}

async function personOf(database: Database, email: string | undefined): Promise<string> {
  if (email !== undefined) {
    const person = await accountOf(database.app, email)
    if (!person) throw new Failure('no-person', { email })
    if (!person.active) throw new Failure('person-inactive', { email })
    return person.id
  }
  const { rows } = await database.app.query<{ id: string }>(
    `select id from users where role = 'head' and active order by id limit 1`,
  )
  if (!rows[0]) throw new Failure('no-head')
  return rows[0].id
}

async function serveInside({ config, database, shared }: Base) {
  const kernel = await startKernel({
    app: database.appConfig,
    owner: database.ownerConfig,
    embedded: !shared,
    secret: config.secret,
    dataDir: config.dataDir,
    poolSizes: { app: 4, owner: 4 },
  })
  const app = await buildServer(kernel)
  await app.ready()
  const listener = await listen({ host: '127.0.0.1', port: 0, tls: null })
  listener.serve((request, response) => app.routing(request, response))
  return {
    address: `http://127.0.0.1:${listener.port()}/api`,
    close: async () => {
      await listener.close(1000)
      await app.close()
      await kernel.close()
    },
  }
}

function callsOf(address: string, token: string, signal: AbortSignal): Calls {
  const headers = {
    authorization: `Bearer ${token}`,
    'accept-language': process.env.LANG?.startsWith('ru') ? 'ru' : 'en',
  }
  const send = async (method: string, path: string, body?: string | FormData, type?: string) => {
    const answer = await fetch(`${address}${path}`, {
      method,
      headers: { ...headers, ...(type && { 'content-type': type }) },
      ...(body !== undefined && { body }),
      signal,
    })
    if (!answer.ok) throw await failureOf(answer)
    return answer
  }
  return {
    signal,
    call: async <T>(method: string, path: string, body?: object) => {
      const answer = await send(method, path, body && JSON.stringify(body), body && 'application/json')
      return (await answer.json()) as T
    },
    upload: async <T>(path: string, file: string, fields: Record<string, string>) => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      form.append('file', await openAsBlob(file), basename(file))
      return (await (await send('POST', path, form)).json()) as T
    },
    download: async (path, file) => {
      const answer = await send('GET', path)
      const draft = `${file}.part`
      try {
        await pipeline(
          Readable.fromWeb(answer.body as ReadableStream),
          createWriteStream(draft, { mode: 0o600 }),
        )
        renameSync(draft, file)
      } catch (error) {
        rmSync(draft, { force: true })
        throw new Failure('file-not-written', {
          file,
          code: (error as NodeJS.ErrnoException).code ?? String(error),
        })
      }
    },
  }
}

/** What the API says to a person is what the command says. */
async function failureOf(answer: Response): Promise<Failure> {
  const problem = (await answer.json().catch(() => ({}))) as {
    title?: string
    detail?: string
    errors?: Array<{ path: string; message: string }>
  }
  const details = problem.errors?.map(({ path, message }) => `${path}: ${message}`).join('; ')
  return new Failure('refused', {
    reason: [problem.detail ?? problem.title ?? answer.status, details].filter(Boolean).join(' '),
  })
}
