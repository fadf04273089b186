import pg from 'pg'
import { sendBatch, type Statement } from '#server/db/as-caller.ts'
import type { Tx } from '#server/db/tx.ts'
import type { Load } from './http-load.ts'
import { percentile } from './percentile.ts'

/** Who the statements run as, set once a connection: the bare driver pays for no identity. */
export interface BareCaller {
  userId: string
  role: 'head' | 'team-head' | 'manager'
}

/** One request's round trips: the statements of each go out together, as the product sends them. */
export type RoundTrips = Statement[][]

const connections = 16

/** The same statements over 16 connections of the bare driver, as fast as they come back, for so many seconds. */
export async function bareLoad(
  config: pg.ClientConfig,
  caller: BareCaller,
  next: () => RoundTrips,
  seconds: number,
  write = false,
): Promise<Load> {
  const clients = await Promise.all(Array.from({ length: connections }, () => connectAs(config, caller)))
  const times: number[] = []
  const end = performance.now() + seconds * 1000
  const work = async (client: pg.Client) => {
    while (performance.now() < end) {
      const began = performance.now()
      const trips = next()
      for (const [index, statements] of trips.entries()) {
        const first = write && index === 0 ? [{ text: 'begin' }] : []
        const last = write && index === trips.length - 1 ? [{ text: 'commit' }] : []
        await sendBatch(client, [...first, ...statements, ...last])
      }
      times.push(performance.now() - began)
    }
  }
  const began = performance.now()
  try {
    await Promise.all(clients.map(work))
  } finally {
    await Promise.all(clients.map((client) => client.end()))
  }
  const took = (performance.now() - began) / 1000
  return { rate: times.length / took, p95: percentile(times, 0.95), failures: 0 }
}

async function connectAs(config: pg.ClientConfig, { userId, role }: BareCaller): Promise<pg.Client> {
  const client = new pg.Client({ ...config, options: '-c timezone=UTC' })
  await client.connect()
  await client.query(
    `select set_config('app.user_id', user_id::text, false), set_config('app.role', role, false), set_config('app.visible', visible::text, false)
     from auth.identity_of($1)`,
    [userId],
  )
  await client.query(`set role ${role === 'head' ? 'kartoteka_all' : 'kartoteka_scoped'}`)
  return client
}

type Run = (tx: Tx) => Promise<unknown>

/**
 * The statements handlers send, taken down while they run for real in transactions that are then rolled back.
 * @param runs each calls the product's own function with the `tx` it is given
 */
export async function statementsOf(
  config: pg.ClientConfig,
  caller: BareCaller,
  runs: Run[],
): Promise<RoundTrips[]> {
  const client = await connectAs(config, caller)
  const taken: RoundTrips[] = []
  try {
    for (const run of runs) {
      const trips: RoundTrips = []
      const tx = {
        send(statements: Statement[]) {
          trips.push(statements.map(({ text, values }) => ({ text, values: values ? [...values] : [] })))
          return sendBatch(client, statements)
        },
      }
      await client.query('begin')
      await run(tx as unknown as Tx)
      await client.query('rollback')
      taken.push(trips)
    }
  } finally {
    await client.end()
  }
  return taken
}
