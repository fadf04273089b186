import { cellString } from './cell-text.ts'
import { StringTable } from './string-table.ts'
import { decodeEntities, XmlScanner } from './xml-scanner.ts'

const AMPERSAND = 0x26
const UNDERSCORE = 0x5f
const RETURN = 0x0d

/** Reads `xl/sharedStrings.xml`: the runs of a rich text are joined, phonetic hints (rPh) left out. */
export async function readSharedStrings(chunks: AsyncIterable<Buffer>): Promise<StringTable> {
  const reader = new SharedStrings()
  const scanner = new XmlScanner(reader)
  for await (const chunk of chunks) scanner.push(chunk)
  return reader.table
}

class SharedStrings {
  readonly table = new StringTable()
  wantsText = false
  private pieces: Buffer[] = []
  private phonetic = false
  private inside = false

  open(bytes: Buffer, start: number, end: number) {
    const length = end - start
    if (length === 1 && bytes[start] === 0x74) this.wantsText = this.inside && !this.phonetic
    else if (length === 2 && bytes[start] === 0x73 && bytes[start + 1] === 0x69) this.inside = true
    else if (length === 3 && bytes.toString('latin1', start, end) === 'rPh') this.phonetic = true
  }

  close(bytes: Buffer, start: number, end: number) {
    const length = end - start
    if (length === 1) this.wantsText = false
    else if (length === 2 && bytes[start] === 0x73 && bytes[start + 1] === 0x69) this.flush()
    else if (length === 3 && bytes.toString('latin1', start, end) === 'rPh') this.phonetic = false
  }

  text(bytes: Buffer, start: number, end: number, literal: boolean) {
    this.pieces.push(plainBytes(bytes, start, end, literal))
  }

  private flush() {
    this.inside = false
    const only = this.pieces.length === 1 ? this.pieces[0]! : Buffer.concat(this.pieces)
    this.table.add(only, 0, only.length)
    this.pieces = []
  }
}

/** Most texts need no decoding at all: their bytes go to the table as they are. */
function plainBytes(bytes: Buffer, start: number, end: number, literal: boolean): Buffer {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]
    if (byte === AMPERSAND || byte === RETURN || (byte === UNDERSCORE && bytes[at + 1] === 0x78)) {
      const text = bytes.toString('utf8', start, end)
      return Buffer.from(cellString(literal ? text : decodeEntities(text)))
    }
  }
  return bytes.subarray(start, end)
}
