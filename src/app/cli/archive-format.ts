import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { Failure } from './failure.ts'

/**
 * A backup file: `KARTOTEKA BACKUP 1\n`, then a gzip stream of frames. A frame is one letter, the length of its body as
 * 32 bits (big-endian), the body:
 * `H` header (JSON), once, first · `T` a table begins (JSON) · `D` its rows as COPY writes them, any number of times ·
 * `E` the table ends (JSON with rows, bytes, sha256 of its D bodies) · `Z` the file ends (JSON), once, last.
 */
export const magic = 'KARTOTEKA BACKUP '
export const formatVersion = 1

export interface ArchiveHeader {
  /** Version of the program that wrote it. */
  kartoteka: string
  /** Number of the schema the rows fit. */
  schema: number
  writtenAt: string
  /** Where every counter stands: qualified name → last value, and whether it was handed out. */
  sequences: Record<string, { value: string; used: boolean }>
}

export interface ArchiveTable {
  /** Qualified and quoted: `public.clients`. */
  name: string
  columns: string[]
}

export interface TableSum {
  rows: number
  bytes: number
  sha256: string
}

export type Frame =
  | { kind: 'H'; body: ArchiveHeader }
  | { kind: 'T'; body: ArchiveTable }
  | { kind: 'D'; body: Buffer }
  | { kind: 'E'; body: TableSum }
  | { kind: 'Z'; body: { tables: number } }

/** The bytes of one frame. */
export function encodeFrame(frame: Frame): Buffer {
  const body = frame.kind === 'D' ? frame.body : Buffer.from(JSON.stringify(frame.body))
  const head = Buffer.alloc(5)
  head.write(frame.kind, 0, 'latin1')
  head.writeUInt32BE(body.length, 1)
  return Buffer.concat([head, body])
}

/** Counts and sums the rows of one table as they pass. COPY ends every row with a line feed and escapes those inside. */
export class TableSummer {
  private readonly hash: Hash = createHash('sha256')
  private rows = 0
  private bytes = 0

  add(chunk: Buffer): void {
    this.hash.update(chunk)
    this.bytes += chunk.length
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) this.rows += 1
  }

  sum(): TableSum {
    return { rows: this.rows, bytes: this.bytes, sha256: this.hash.digest('hex') }
  }
}

/**
 * Reads a file frame by frame, a few at a time in memory.
 * @throws Failure where it is foreign, newer, damaged or cut off
 */
export async function* readFrames(file: string): AsyncGenerator<Frame> {
  const start = await checkMagic(file)
  const source = createReadStream(file, { start })
  const unpacked = source.pipe(createGunzip())
  source.on('error', (error) => unpacked.destroy(error))
  let held: Buffer = Buffer.alloc(0)
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
      for (;;) {
        const length = held.length < 5 ? null : held.readUInt32BE(1)
        if (length !== null && length > 64 * 1024 * 1024) throw new Failure('archive-damaged', { file })
        if (length === null || held.length < 5 + length) break
        yield decode(held.toString('latin1', 0, 1), held.subarray(5, 5 + length), file)
        held = held.subarray(5 + length)
      }
    }
  } catch (error) {
    if (error instanceof Failure) throw error
    const { code } = error as NodeJS.ErrnoException
    // everything zlib says of a torn or altered stream
    if (code?.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE')
      throw new Failure('archive-damaged', { file })
    throw error
  } finally {
    source.destroy()
  }
  if (held.length > 0) throw new Failure('archive-damaged', { file })
}

async function checkMagic(file: string): Promise<number> {
  let head = ''
  try {
    for await (const chunk of createReadStream(file, { end: 63 }))
      head += (chunk as Buffer).toString('latin1')
  } catch {
    throw new Failure('archive-unreadable', { file })
  }
  const version = new RegExp(`^${magic}(\\d+)\\n`).exec(head)
  if (!version) throw new Failure(magic.startsWith(head) ? 'archive-damaged' : 'archive-foreign', { file })
  if (Number(version[1]) > formatVersion)
    throw new Failure('archive-newer', { file, found: `format ${version[1]}` })
  return version[0].length
}

function decode(kind: string, body: Buffer, file: string): Frame {
  if (kind === 'D') return { kind, body }
  if (!'HTEZ'.includes(kind)) throw new Failure('archive-damaged', { file })
  try {
    return { kind, body: JSON.parse(body.toString('utf8')) } as Frame
  } catch {
    throw new Failure('archive-damaged', { file })
  }
}
