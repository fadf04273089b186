import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { withoutControls } from './cell-text.ts'
import { Refusal } from './refusal.ts'
import { splitRecords } from './split-records.ts'
import { BATCH_CELLS, BATCH_ROWS, type Row, type Table, type TableFormat } from './table.ts'
import { detectDelimiter } from './text-delimiter.ts'
import { detectEncoding } from './text-encoding.ts'

const SAMPLE = 1024 * 1024
/** A record longer than this is no row of a table. */
const RECORD_LIMIT = 16 * 1024 * 1024

/** Opens csv, tsv or plain text of any of the usual encodings and delimiters for streaming. */
export async function openText(path: string): Promise<Table> {
  const { sample, telling, whole } = await readSample(path)
  const encoding = detectEncoding(telling, whole)
  if (binaryShare(telling) > 0.01 && !encoding.startsWith('utf-16')) throw new Refusal('file.not-a-table')
  const head = new TextDecoder(encoding).decode(sample)
  if (head.trim() === '') throw new Refusal('file.empty')
  const { delimiter, skip } = detectDelimiter(head, whole)
  const format: TableFormat = delimiter === '' ? 'txt' : delimiter === '\t' ? 'tsv' : 'csv'
  return {
    format,
    encoding,
    delimiter,
    sheets: [{ name: '', hidden: false }],
    rows: () => readRecords(path, { encoding, delimiter, skip }),
    async close() {},
  }
}

interface Sample {
  /** The head of the file. */
  sample: Buffer
  /** The head, or, when it is pure ASCII, the first stretch that is not: it tells the encoding. */
  telling: Buffer
  whole: boolean
}

async function readSample(path: string): Promise<Sample> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const read = async (from: number) => {
      const buffer = Buffer.alloc(Math.min(SAMPLE, Math.max(0, size - from)))
      const { bytesRead } = await file.read(buffer, 0, buffer.length, from)
      return buffer.subarray(0, bytesRead)
    }
    const sample = await read(0)
    const whole = sample.length === size
    for (let from = 0; from < size; from += SAMPLE) {
      const part = from === 0 ? sample : await read(from)
      if (part.length === 0) break
      const letter = part.findIndex((byte) => byte >= 0x80)
      if (letter >= 0) return { sample, telling: part.subarray(from === 0 ? 0 : letter), whole }
    }
    return { sample, telling: sample, whole }
  } finally {
    await file.close()
  }
}

/** Control characters that no text has. */
function binaryShare(bytes: Buffer): number {
  let count = 0
  for (const byte of bytes) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 26 && byte !== 27)) count++
  return bytes.length === 0 ? 0 : count / bytes.length
}

interface Reading {
  encoding: string
  delimiter: string
  skip: number
}

async function* readRecords(path: string, { encoding, delimiter, skip }: Reading): AsyncGenerator<Row[]> {
  const decoder = new TextDecoder(encoding)
  const batches = new Batches()
  let rest = ''
  let first = true
  const take = (text: string, last: boolean) => {
    const whole = withoutControls(rest + text)
    const piece = first ? whole.slice(skip) : whole
    if (piece.length > 0) first = false
    const { records, used } = splitRecords(piece, { delimiter, last })
    rest = piece.slice(used)
    if (rest.length > RECORD_LIMIT) throw new Refusal('file.too-large-inside', 'one line is endless')
    for (const cells of records) batches.add(cells)
  }
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    take(decoder.decode(chunk as Buffer, { stream: true }), false)
    yield* batches.ready()
  }
  take(decoder.decode(), true)
  yield* batches.ready(true)
}

/** `="0274000000"`: how programs keep Excel from making a number of a text. */
const TEXT_FORMULA = /^="((?:[^"]|"")*)"$/
const textOfFormula = (_: string, text: string) => text.replaceAll('""', '"')

class Batches {
  private number = 0
  private batch: Row[] = []
  private cells = 0
  private done: Row[][] = []

  /** Blank records count as rows, as they do in Excel, but are left out. */
  add(cells: string[]) {
    this.number++
    while (cells.length > 0 && cells[cells.length - 1] === '') cells.pop()
    for (let at = 0; at < cells.length; at++)
      if (cells[at]!.startsWith('="')) cells[at] = cells[at]!.replace(TEXT_FORMULA, textOfFormula)
    if (!cells.some((cell) => cell.trim() !== '')) return
    this.batch.push({ number: this.number, cells })
    this.cells += cells.length
    if (this.batch.length >= BATCH_ROWS || this.cells >= BATCH_CELLS) this.flush()
  }

  ready(all = false): Row[][] {
    if (all && this.batch.length > 0) this.flush()
    const { done } = this
    this.done = []
    return done
  }

  private flush() {
    this.done.push(this.batch)
    this.batch = []
    this.cells = 0
  }
}
