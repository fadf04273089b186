import { createInflateRaw } from 'node:zlib'
import type { Readable } from 'node:stream'
import yauzl from 'yauzl'
import { Refusal } from './refusal.ts'

export interface Zip {
  /** Entries by their folded path: forward slashes, no leading slash, lower case. */
  entries: Map<string, yauzl.Entry>
  /** The unpacked bytes of an entry, chunk by chunk. */
  chunks(path: string): AsyncIterable<Buffer>
  /** A small entry as a whole, at most 16 MB; '' when there is none. */
  text(path: string): Promise<string>
  has(path: string): boolean
  close(): void
}

/** Unpacking more than this from one entry is refused: a sheet of 1,048,576 × 40 full cells is below it. */
const ENTRY_LIMIT = 6 * 1024 ** 3
/** Deflate cannot honestly reach this on tables (seen: up to 60); checked once an entry has grown beyond RATIO_FROM. */
const RATIO_LIMIT = 400
const RATIO_FROM = 64 * 1024 ** 2
const SMALL_LIMIT = 16 * 1024 ** 2
const ENTRIES_LIMIT = 20_000

/** Opens a zip by its central directory (zip64 too); a file cut off or overwritten is `file.damaged`. */
export async function openZip(path: string): Promise<Zip> {
  const file = await yauzl
    .openPromise(path, {
      autoClose: false,
      lazyEntries: true,
      decodeStrings: false,
      validateEntrySizes: false,
    })
    .catch((error: Error) => {
      throw new Refusal('file.damaged', error.message)
    })
  const entries = await readDirectory(file).catch((error: Error) => {
    file.close()
    throw error instanceof Refusal ? error : new Refusal('file.damaged', error.message)
  })
  const chunks = (name: string) => unpack(file, entries.get(foldPath(name)))
  return {
    entries,
    chunks,
    text: (name) => readSmall(entries.has(foldPath(name)) ? chunks(name) : undefined),
    has: (name) => entries.has(foldPath(name)),
    close: () => file.close(),
  }
}

/** Zip paths are compared as Excel does: without case, with either slash, with or without the leading one. */
export function foldPath(path: string): string {
  return path.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase()
}

function readDirectory(file: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>()
  return new Promise((resolve, reject) => {
    file.on('entry', (entry: yauzl.Entry) => {
      const path = foldPath((entry.fileName as unknown as Buffer).toString('utf8'))
      if (!path.endsWith('/')) entries.set(path, entry)
      if (entries.size > ENTRIES_LIMIT) reject(new Refusal('file.hostile', 'too many parts'))
      else file.readEntry()
    })
    file.on('end', () => resolve(entries))
    file.on('error', reject)
    file.readEntry()
  })
}

async function* unpack(file: yauzl.ZipFile, entry: yauzl.Entry | undefined): AsyncGenerator<Buffer> {
  if (!entry) throw new Refusal('file.damaged', 'a part is missing')
  if (entry.generalPurposeBitFlag & 1) throw new Refusal('file.encrypted')
  const source = (await file
    .openReadStreamPromise(entry, {
      decompress: entry.compressionMethod === 8 ? false : null,
    })
    .catch((error: Error) => {
      throw new Refusal('file.damaged', error.message)
    })) as Readable
  const stream = entry.compressionMethod === 8 ? inflated(source) : source
  let size = 0
  try {
    for await (const chunk of stream) {
      size += (chunk as Buffer).length
      const bomb = size > ENTRY_LIMIT || (size > RATIO_FROM && size > RATIO_LIMIT * entry.compressedSize)
      if (bomb) throw new Refusal('file.hostile', 'unpacks to far more than it weighs')
      yield chunk as Buffer
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('file.damaged', (error as Error).message)
  } finally {
    stream.destroy()
    source.destroy()
  }
}

function inflated(source: Readable): Readable {
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 })
  source.on('error', (error) => inflate.destroy(error))
  return source.pipe(inflate)
}

async function readSmall(chunks: AsyncIterable<Buffer> | undefined): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const chunk of chunks ?? []) {
    parts.push(chunk)
    size += chunk.length
    if (size > SMALL_LIMIT) throw new Refusal('file.too-large-inside')
  }
  return decodeXml(Buffer.concat(parts))
}

/** XML inside office files is UTF-8, or UTF-16 with a mark. */
function decodeXml(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return new TextDecoder('utf-8').decode(bytes)
}
