import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Database } from './database.ts'

export interface Copying {
  /**
   * Hands COPY text (whole lines) over to a table's columns, each table on a connection of its own: they are written side by side. Waits
   * where the database is behind. Table and columns are ours, never a person's.
   */
  copy(table: string, columns: string, text: Uint8Array): Promise<void>
  /** All that was handed over is in the tables; in the one named last only when it is in all others. */
  finish(last: string): Promise<void>
  /** Closes the connections; what is not finished is undone. */
  end(): Promise<void>
}

/**
 * Connections of their own for bulk rows. They are the owner's, since COPY does not work below policies: for staging tables only, whose
 * rows mean nothing before a function that knows the caller has looked at them.
 * @param lock one copying at a time holds this name; the next waits for it
 */
export async function openCopy(database: Database, lock: string): Promise<Copying> {
  const clients: pg.Client[] = []
  const copies = new Map<string, Promise<OpenCopy>>()
  const connected = async () => {
    const client = new pg.Client({ ...database.ownerConfig, options: '-c timezone=UTC' })
    client.on('error', () => {})
    clients.push(client)
    await client.connect()
    return client
  }
  const locked = await connected()
  await locked.query('select pg_advisory_lock(hashtextextended($1, 5278417))', [lock])
  const opened = async (table: string, columns: string) =>
    startCopy(await connected(), `copy ${table} (${columns}) from stdin`)
  return {
    copy: async (table, columns, text) => {
      if (!copies.has(table)) copies.set(table, opened(table, columns))
      await (await copies.get(table)!).write(text)
    },
    finish: async (last) => {
      const others = [...copies].filter(([table]) => table !== last)
      await Promise.all(others.map(async ([, copy]) => (await copy).finish()))
      await (await copies.get(last))?.finish()
    },
    end: async () => {
      await Promise.all(clients.map((client) => client.end()))
    },
  }
}

interface OpenCopy {
  write(text: Uint8Array): Promise<void>
  finish(): Promise<void>
}

function startCopy(client: pg.Client, statement: string): OpenCopy {
  const stream = client.query(copyFrom(statement))
  stream.on('error', () => {})
  const done = finished(stream)
  // Whoever writes next is told; a copy that is never finished breaks off with its connection.
  done.catch(() => {})
  return {
    write: async (text) => {
      if (stream.destroyed) await done
      if (!stream.write(text)) await Promise.race([once(stream, 'drain'), done])
    },
    finish: async () => {
      stream.end()
      await done
    },
  }
}
