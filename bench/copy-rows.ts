import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from, type CopyStreamQuery } from 'pg-copy-streams'

export type Cell = string | number | boolean | null

/** Rows streamed into a table by COPY; `add` waits only when the server is behind. */
export interface RowCopy {
  add(row: readonly Cell[]): void | Promise<void>
  end(): Promise<void>
}

const chunkSize = 1 << 18

/** Begins a COPY on this connection; nothing else may run on it until `end`. */
export function copyRows(client: pg.ClientBase, table: string, columns: readonly string[]): RowCopy {
  const stream: CopyStreamQuery = client.query(from(`copy ${table} (${columns.join(', ')}) from stdin`))
  let chunk = ''
  return {
    add(row) {
      for (let index = 0; index < row.length; index++) chunk += (index ? '\t' : '') + cellText(row[index]!)
      chunk += '\n'
      if (chunk.length < chunkSize) return
      const full = chunk
      chunk = ''
      if (!stream.write(full)) return once(stream, 'drain').then(() => {})
    },
    async end() {
      stream.end(chunk)
      await finished(stream)
    },
  }
}

function cellText(cell: Cell): string {
  if (cell === null) return '\\N'
  if (typeof cell !== 'string') return String(cell)
  return /[\\\t\n\r]/.test(cell) ? cell.replace(/[\\\t\n\r]/g, (mark) => ESCAPES[mark]!) : cell
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
