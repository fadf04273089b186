import { openAsBlob } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { openTable } from '#features/imports/server/reading/open-table.ts'
import { copyRows } from './copy-rows.ts'
import type { Target } from './http-load.ts'
import { tableRow, writeXlsx } from './table-files.ts'
import { timeOrderedId } from './time-ordered-id.ts'

export interface ImportFigures {
  rows: number
  /** Seconds. `alone`: reading every cell, and COPY of the clients and contacts the file makes into the same tables. */
  ready: number
  applied: number
  undone: number | null
  parseAlone: number
  copyAlone: number
  /** Megabytes of the product's processes at the most. */
  memory: number | null
  counts: string
}

const patience = 15 * 60_000

/** A table of so many rows from upload to applied and back, beside reading alone and COPY alone in the same run. @throws when refused */
export async function measureImport(
  target: Target,
  owner: pg.ClientConfig,
  rows: number,
  memory: () => number | null,
): Promise<ImportFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'kartoteka-bench-'))
  const file = join(folder, 'clients.xlsx')
  const peak = watchMemory(memory)
  try {
    await writeXlsx(file, rows)
    const parseAlone = await timed(() => parse(file))
    const copyAlone = await copy(owner, rows)
    let id = ''
    let counts = ''
    const ready = await timed(async () => {
      id = await upload(target, file)
      counts = JSON.stringify((await until(target, id, 'ready')).counts)
    })
    const applied = await timed(async () => {
      await call(target, 'POST', `/imports/${id}/application`)
      await until(target, id, 'applied')
    })
    const undone = await timed(async () => {
      await call(target, 'POST', `/imports/${id}/reversal`)
      await until(target, id, 'reversed')
    }).catch(() => null)
    return {
      rows,
      ready,
      applied: ready + applied,
      undone,
      parseAlone,
      copyAlone,
      memory: peak.stop(),
      counts,
    }
  } finally {
    peak.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

async function parse(file: string) {
  const table = await openTable(file)
  let cells = 0
  for await (const batch of table.rows(0)) for (const row of batch) cells += row.cells.length
  await table.close()
  return cells
}

/** The rows of the file as clients and contacts, by COPY into the product's own tables with their keys and indexes, without its triggers. */
async function copy(owner: pg.ClientConfig, rows: number): Promise<number> {
  const client = new pg.Client(owner)
  await client.connect()
  try {
    await client.query('begin')
    for (const table of ['clients', 'people', 'contacts'])
      await client.query(`alter table ${table} disable trigger user`)
    const ids = Array.from({ length: rows }, (_, index) => timeOrderedId(Date.now(), 4_000, index + 1))
    const took = await timed(async () => {
      const clients = copyRows(client, 'clients', ['id', 'no', 'name', 'inn', 'kpp', 'comment'])
      for (const [index, id] of ids.entries()) {
        const row = tableRow(index + 1)
        const wait = clients.add([id, 1_500_000_000 + index, row[0]!, row[1]!, row[2]!, row[9]!])
        if (wait) await wait
      }
      await clients.end()
      const people = copyRows(client, 'people', ['client_id', 'name'])
      for (const [index, id] of ids.entries()) {
        const wait = people.add([id, tableRow(index + 1)[3]!])
        if (wait) await wait
      }
      await people.end()
      const contacts = copyRows(client, 'contacts', [
        'client_id',
        'kind',
        'value',
        'normalized',
        'verdict',
        'match_key',
      ])
      for (const [index, id] of ids.entries()) {
        const row = tableRow(index + 1)
        for (const [kind, at] of [
          ['phone', 4],
          ['email', 5],
          ['address', 6],
        ] as const) {
          const wait = contacts.add([
            id,
            kind,
            row[at]!,
            row[at]!,
            'ok',
            kind === 'address' ? null : row[at]!,
          ])
          if (wait) await wait
        }
      }
      await contacts.end()
    })
    await client.query('rollback')
    return took
  } finally {
    await client.end()
  }
}

async function upload(target: Target, file: string): Promise<string> {
  const form = new FormData()
  form.append('file', await openAsBlob(file), 'clients.xlsx')
  return ((await call(target, 'POST', '/imports', form)) as { id: string }).id
}

interface ImportState {
  status: string
  counts: unknown
  problem?: unknown
}

async function until(target: Target, id: string, status: string): Promise<ImportState> {
  const end = performance.now() + patience
  while (performance.now() < end) {
    const state = (await call(target, 'GET', `/imports/${id}`)) as ImportState
    if (state.status === status) return state
    if (['refused', 'failed', 'cancelled'].includes(state.status))
      throw new Error(`import ${state.status}: ${JSON.stringify(state.problem)}`)
    await pause(100)
  }
  throw new Error(`import not ${status} in ${patience / 60_000} minutes`)
}

async function call(
  { host, port, token }: Target,
  method: string,
  path: string,
  body?: FormData,
): Promise<unknown> {
  const answer = await fetch(`http://${host}:${port}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body && { body }),
  })
  if (!answer.ok)
    throw new Error(`${method} ${path}: ${answer.status} ${(await answer.text()).slice(0, 300)}`)
  return answer.json()
}

function watchMemory(memory: () => number | null) {
  let most: number | null = null
  const timer = setInterval(() => {
    const now = memory()
    if (now !== null) most = Math.max(most ?? 0, now)
  }, 200)
  return {
    stop: () => {
      clearInterval(timer)
      return most
    },
  }
}
