import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export interface Product {
  port: number
  /** Milliseconds from the command to the first 200 of /api/health. */
  startedIn: number
  /** Megabytes of memory of the process and the Node processes below it; null where the system does not tell. */
  memory(): number | null
  stop(): Promise<void>
}

const root = join(import.meta.dirname, '..')

/** The real product on a data folder, over HTTP on loopback. @throws when it does not answer within 60 s */
export async function startProduct(folder: string): Promise<Product> {
  const port = await freePort()
  const began = performance.now()
  const child = spawn(process.execPath, [join(root, 'src/app/cli.ts'), 'start'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, KARTOTEKA_DATA: folder, PORT: String(port), HOST: '127.0.0.1', DATABASE_URL: '' },
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await untilHealthy(port, child)
  return {
    port,
    startedIn: performance.now() - began,
    memory: () => memoryOf(child.pid!),
    stop: async () => {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
      await ended
      clearTimeout(timer)
    },
  }
}

async function untilHealthy(port: number, child: ChildProcess) {
  for (let tries = 0; tries < 3_000; tries++) {
    if (child.exitCode !== null) throw new Error(`the product ended with ${child.exitCode}`)
    const answer = await fetch(`http://127.0.0.1:${port}/api/health`).catch(() => undefined)
    if (answer?.status === 200) return
    await pause(20)
  }
  child.kill('SIGKILL')
  throw new Error('the product did not answer within a minute')
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Resident memory of the process and its Node children (reading workers are threads and count in it). */
function memoryOf(pid: number): number | null {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1])
    const children = readdirSync(`/proc/${pid}/task`)
      .flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' '))
      .filter((child) => child && readFileSync(`/proc/${child}/comm`, 'utf8').startsWith('node'))
    return (
      (pages * 4096) / 1024 ** 2 + children.reduce((sum, child) => sum + (memoryOf(Number(child)) ?? 0), 0)
    )
  } catch {
    return null
  }
}
