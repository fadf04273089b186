import { isDeepStrictEqual } from 'node:util'
import { knownSchema } from '#server/db/migrate.ts'
import {
  type ArchiveHeader,
  type ArchiveTable,
  readFrames,
  TableSummer,
  type TableSum,
} from './archive-format.ts'
import { Failure } from './failure.ts'

export interface CheckedArchive {
  header: ArchiveHeader
  tables: Array<ArchiveTable & TableSum>
}

/**
 * Reads a backup file from end to end without touching the base: every sum must fit and the last frame must be the last.
 * @throws Failure
 */
export async function checkArchive(file: string, signal?: AbortSignal): Promise<CheckedArchive> {
  const tables: CheckedArchive['tables'] = []
  let header: ArchiveHeader | undefined
  let open: { table: ArchiveTable; summer: TableSummer } | undefined
  let ended = false
  const broken = () => new Failure('archive-damaged', { file })
  for await (const frame of readFrames(file)) {
    signal?.throwIfAborted()
    if (ended || (frame.kind === 'H') !== (header === undefined)) throw broken()
    if (frame.kind === 'H') header = await fitting(frame.body, file)
    else if (frame.kind === 'T' && !open) open = { table: frame.body, summer: new TableSummer() }
    else if (frame.kind === 'D' && open) open.summer.add(frame.body)
    else if (frame.kind === 'E' && open) {
      if (!isDeepStrictEqual(open.summer.sum(), frame.body)) throw broken()
      tables.push({ ...open.table, ...frame.body })
      open = undefined
    } else if (frame.kind === 'Z' && !open) {
      ended = true
      if (frame.body.tables !== tables.length) throw broken()
    } else throw broken()
  }
  if (!ended || !header) throw broken()
  return { header, tables }
}

async function fitting(header: ArchiveHeader, file: string): Promise<ArchiveHeader> {
  if (!Number.isInteger(header.schema) || typeof header.kartoteka !== 'string')
    throw new Failure('archive-damaged', { file })
  if (header.schema > (await knownSchema()))
    throw new Failure('archive-newer', { file, found: header.kartoteka })
  return header
}
