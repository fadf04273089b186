import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Database } from './database.ts'

export interface Copying {
  /** Writes COPY text (whole lines) into a table's columns. Table and columns are ours, never a person's. */
  copy(table: string, columns: string, text: Uint8Array): Promise<void>
  end(): Promise<void>
}

/**
 * A connection of its own for bulk rows. It is the owner's, since COPY does not work below policies: for staging tables only, whose
 * rows mean nothing before a function that knows the caller has looked at them.
 * @param lock one connection at a time holds this name; the next waits for it
 */
export async function openCopy(database: Database, lock: string): Promise<Copying> {
  const client = new pg.Client({ ...database.ownerConfig, options: '-c timezone=UTC' })
  client.on('error', () => {})
  await client.connect()
  await client.query('select pg_advisory_lock(hashtextextended($1, 5278417))', [lock])
  return {
    copy: async (table, columns, text) => {
      const stream = client.query(copyFrom(`copy ${table} (${columns}) from stdin`))
      const done = finished(stream)
      if (!stream.write(text)) await Promise.race([once(stream, 'drain'), done])
      stream.end()
      await done
    },
    end: () => client.end(),
  }
}
