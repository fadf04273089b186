import { Refusal } from './refusal.ts'

const BLOCK = 1 << 20
const POSITIONS = 1 << 16
/** All shared strings of one workbook, as UTF-8 bytes: a million rows of ten distinct texts take some 200 MB. */
const TABLE_LIMIT = 600 * 1024 ** 2
const CACHE = 4096

/**
 * The shared strings of a workbook as bytes outside the heap: five million texts cost their bytes and four more each,
 * where JavaScript strings would cost 60 each.
 */
export class StringTable {
  private readonly blocks: Buffer[] = []
  private readonly starts: Uint32Array[] = []
  private used = 0
  private readonly cachedIndex = new Int32Array(CACHE).fill(-1)
  private readonly cachedText: string[] = Array.from({ length: CACHE }, () => '')
  size = 0

  add(bytes: Buffer, start: number, end: number) {
    const slot = this.size & (POSITIONS - 1)
    if (slot === 0) this.starts.push(new Uint32Array(POSITIONS))
    this.starts[this.starts.length - 1]![slot] = this.used
    this.size++
    let from = start
    while (from < end) {
      const offset = this.used & (BLOCK - 1)
      if (offset === 0) this.addBlock()
      const part = Math.min(end - from, BLOCK - offset)
      bytes.copy(this.blocks[this.blocks.length - 1]!, offset, from, from + part)
      from += part
      this.used += part
    }
  }

  /** The text by its index; '' beyond the end, as a damaged file may ask for it. */
  get(index: number): string {
    if (!(index >= 0 && index < this.size)) return ''
    const slot = index & (CACHE - 1)
    if (this.cachedIndex[slot] === index) return this.cachedText[slot]!
    const text = this.decode(this.startOf(index), index + 1 < this.size ? this.startOf(index + 1) : this.used)
    this.cachedIndex[slot] = index
    this.cachedText[slot] = text
    return text
  }

  private addBlock() {
    if (this.used >= TABLE_LIMIT) throw new Refusal('file.too-large-inside', 'shared strings')
    this.blocks.push(Buffer.allocUnsafeSlow(BLOCK))
  }

  private startOf(index: number): number {
    return this.starts[index >>> 16]![index & (POSITIONS - 1)]!
  }

  private decode(start: number, end: number): string {
    const first = start >>> 20
    const offset = start & (BLOCK - 1)
    if (start === end) return ''
    if ((end - 1) >>> 20 === first) return this.blocks[first]!.toString('utf8', offset, offset + end - start)
    const parts: Buffer[] = []
    for (let at = start; at < end;) {
      const from = at & (BLOCK - 1)
      const part = Math.min(BLOCK - from, end - at)
      parts.push(this.blocks[at >>> 20]!.subarray(from, from + part))
      at += part
    }
    return Buffer.concat(parts).toString('utf8')
  }
}
