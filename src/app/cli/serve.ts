import { randomInt } from 'node:crypto'
import { ensureFirstHead } from '#features/company/server/set-up.ts'
import { isEmpty } from '#server/auth/accounts.ts'
import { addressOf, type Config, readConfig } from '#server/config.ts'
import { knownSchema } from '#server/db/migrate.ts'
import { startDatabase, type StartedDatabase } from '#server/db/start-database.ts'
import { type FolderLock, takeFolder } from '#server/folder-lock.ts'
import type { Kernel } from '#server/kernel.ts'
import { productVersion, startKernel } from '#app/kernel.ts'
import { buildServer } from '#app/server.ts'
import { networkAddresses } from './addresses.ts'
import { onClosing } from './closing.ts'
import { fillDemo } from './fill-demo.ts'
import { asNewerFolder, checkFolderVersion, noteFolderVersion } from './folder-version.ts'
import { type Listener, listen } from './listener.ts'
import { say } from './words.ts'

/** What is up, in the order it came up; closed in the other. */
type Closing = Array<() => unknown>

/** Serves the base until told to end. `demo`: in a folder of its own, filled with a made-up company where it is empty. */
export async function serve({ demo = false }: { demo?: boolean }): Promise<void> {
  const config = readConfig(process.env, demo ? '-demo' : '')
  const closing: Closing = []
  const ending = new AbortController()
  const told = new Promise<void>((resolve) => onClosing(resolve)).then(() => ending.abort())
  try {
    await open(config, demo, closing, ending.signal)
    await told
  } catch (error) {
    // told to end before it was up: nothing went wrong
    if (!ending.signal.aborted) throw asNewerFolder(error, config.dataDir)
  } finally {
    await closeAll(closing)
  }
}

async function open(config: Config, demo: boolean, closing: Closing, ending: AbortSignal): Promise<void> {
  const lock = config.databaseUrl ? null : await takeFolder(config.dataDir, 'start')
  if (lock) closing.push(() => lock.release())
  ending.addEventListener('abort', () => lock?.leave())
  await checkFolderVersion(config.dataDir)
  const listener = await listen(config)
  closing.push(() => listener.close(0))
  ending.throwIfAborted()
  const database = await bringUpDatabase(config, closing)
  ending.throwIfAborted()
  const kernel = await bringUpKernel(config, database, listener)
  closing.push(() => kernel.close())
  noteFolderVersion(config.dataDir, await knownSchema())
  await addFirstHead(kernel, config)
  ending.throwIfAborted()
  const people = demo ? await fillDemo(kernel) : null
  await answer(kernel, config, listener, closing)
  tellAddresses(config, kernel, listener, lock)
  people?.()
}

async function bringUpDatabase(config: Config, closing: Closing): Promise<StartedDatabase> {
  const database = await startDatabase({
    ...config,
    onNews: (sentence) => process.stderr.write(`${sentence}\n`),
    onLost: (reason) => {
      process.stderr.write(`${reason.message}\n`)
      process.exit(1)
    },
  })
  closing.push(() => database.stop())
  return database
}

async function bringUpKernel(config: Config, { app, owner, embedded }: StartedDatabase, listener: Listener) {
  const { host, tls, secret, dataDir, url, urlGiven, outside } = config
  return startKernel({
    app,
    owner,
    embedded,
    secret,
    dataDir,
    publicUrl: urlGiven ? url : null,
    outside,
    // Whoever reaches an empty base first becomes its head: on the network that must be the person at the console.
    setupCode: String(randomInt(100_000, 1_000_000)),
    listen: { host, port: listener.port(), tls: tls !== null },
    move: (next) => listener.move(next, listener.port()),
  })
}

async function answer(kernel: Kernel, config: Config, listener: Listener, closing: Closing): Promise<void> {
  const app = await buildServer(kernel, { log: true, trustProxy: config.trustProxy })
  await app.ready()
  closing.push(async () => {
    // No more requests; those under way get two seconds, streams are ended by the app itself.
    const answered = listener.close(2000)
    await app.close()
    await answered
  })
  listener.serve((request, response) => app.routing(request, response))
}

/** The head's account of `KARTOTEKA_ADMIN_EMAIL` and `_PASSWORD`, for installations nobody sits at. */
async function addFirstHead({ database }: Kernel, { admin }: Config): Promise<void> {
  if (admin) await ensureFirstHead(database.app, admin)
}

function tellAddresses(config: Config, kernel: Kernel, listener: Listener, lock: FolderLock | null): void {
  const { host, port, tls } = kernel.listen
  const url = config.urlGiven ? config.url : addressOf(host, port, tls)
  lock?.announce(url)
  const print = (line: string) => process.stdout.write(`${line}\n`)
  print(say('served', { version: productVersion, url }))
  tellNetwork(kernel)
  print(say('served-data', { folder: config.dataDir }))
  if (config.databaseUrl) print(say('served-foreign', { where: withoutPassword(config.databaseUrl) }))
  void tellSetupCode(kernel, print)
}

function tellNetwork({ listen: { host, port, tls } }: Kernel): void {
  const urls = networkAddresses(host, port, tls)
  if (urls.length > 0) process.stdout.write(`${say('served-network', { urls: urls.join('  ') })}\n`)
}

async function tellSetupCode({ database, setupCode }: Kernel, print: (line: string) => void): Promise<void> {
  if (setupCode && (await isEmpty(database.app))) print(say('setup-code', { code: setupCode }))
}

const withoutPassword = (address: string) => {
  const { hostname, port, pathname } = new URL(address)
  return `${hostname}${port ? `:${port}` : ''}${pathname}`
}

async function closeAll(closing: Closing): Promise<void> {
  for (const close of closing.splice(0).toReversed()) {
    try {
      await close()
    } catch (error) {
      process.stderr.write(`${(error as Error).message}\n`)
    }
  }
}
