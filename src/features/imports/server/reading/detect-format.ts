import { open, stat } from 'node:fs/promises'
import { Refusal, type RefusalCode } from './refusal.ts'

/** What the bytes say a file is; `workbook` is anything only SheetJS reads. */
export type Detected = 'zip' | 'ole' | 'biff' | 'html' | 'spreadsheet-xml' | 'dbf' | 'text'

const HEAD = 4096

/** Tells the kind of a file by its first bytes, never by its name; what can be no table is refused by its kind. */
export async function detectFormat(path: string): Promise<Detected> {
  const head = await readHead(path)
  const binary = detectBinary(head)
  if (binary) return binary
  for (const [code, matches] of REFUSED) if (matches(head)) throw new Refusal(code)
  return detectMarkup(head) ?? 'text'
}

async function readHead(path: string): Promise<Buffer> {
  const facts = await stat(path).catch(() => null)
  if (!facts?.isFile()) throw new Refusal('file.not-a-file')
  if (facts.size === 0) throw new Refusal('file.empty')
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function detectBinary(head: Buffer): Detected | null {
  if (starts(head, 'PK\x03\x04') || starts(head, 'PK\x05\x06') || starts(head, 'PK\x07\x08')) return 'zip'
  if (starts(head, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return 'ole'
  const biff =
    head.length > 8 && head[0] === 9 && [0, 2, 4, 8].includes(head[1]!) && head[3] === 0 && head[2]! <= 16
  if (biff) return 'biff'
  return looksLikeDbf(head) ? 'dbf' : null
}

const starts = (head: Buffer, bytes: string) => head.toString('latin1', 0, bytes.length) === bytes
const startsWith =
  (...marks: string[]) =>
  (head: Buffer) =>
    marks.some((mark) => starts(head, mark))
const textOf = (head: Buffer) =>
  head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()

const REFUSED: [RefusalCode, (head: Buffer) => boolean][] = [
  ['file.pdf', (head) => head.toString('latin1', 0, 1024).includes('%PDF-')],
  ['file.picture', startsWith('\x89PNG', '\xff\xd8\xff', 'GIF8', 'BM', 'II*\0', 'MM\0*')],
  [
    'file.picture',
    (head) => /^RIFF[^]{4}WEBP|^[^]{4}ftyp(heic|mif1|avif)/.test(head.toString('latin1', 0, 16)),
  ],
  ['file.archive', startsWith('Rar!', '7z\xbc\xaf', '\x1f\x8b', 'BZh', '\xfd7zXZ')],
  ['file.mxl', startsWith('MOXCEL')],
  ['file.document', startsWith('{\\rtf', '%!PS')],
  ['file.database', startsWith('\0\x01\0\0Standard ', 'SQLite format 3', '1CDBMSV8')],
  ['file.other-contacts', (head) => /^(BEGIN:V(CARD|CALENDAR)|dn:|version: ?1\s+dn:)/i.test(textOf(head))],
  ['file.other-contacts', (head) => /^[{[]\s*["{[\]}]/.test(textOf(head))],
]

/** Excel and 1C also save tables as HTML or as the XML of 2003, often under the name .xls. */
function detectMarkup(head: Buffer): Detected | null {
  const wide = head[0] === 0xff && head[1] === 0xfe
  const text = (wide ? head.toString('utf16le') : head.toString('latin1')).replace(
    /^[\uFEFF\xef\xbb\xbf\s]+/,
    '',
  )
  if (!text.startsWith('<')) return null
  if (/urn:schemas-microsoft-com:office:spreadsheet|progid="Excel\.Sheet"/.test(text))
    return 'spreadsheet-xml'
  if (/^<(!doctype html|html|table|head|meta|body|style|!--)/i.test(text)) return 'html'
  if (text.startsWith('<?xml') && /<html|<table/i.test(text)) return 'html'
  if (/^<\?xml|^<[\p{L}_][\w.:-]*[\s>]/u.test(text)) throw new Refusal('file.other-contacts')
  return null
}

const DBF_KINDS = [0x02, 0x03, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8b, 0xcb, 0xf5, 0xfb]

/** A dBase header: kind, date of last change, size of header and record, the first field's type letter. */
function looksLikeDbf(head: Buffer): boolean {
  if (head.length < 65 || !DBF_KINDS.includes(head[0]!)) return false
  const headerSize = head.readUInt16LE(8)
  const recordSize = head.readUInt16LE(10)
  const dated = head[2]! <= 12 && head[3]! <= 31
  return (
    dated &&
    headerSize >= 65 &&
    recordSize > 1 &&
    'CNDLMFBITYGPVQW@O+0'.includes(String.fromCharCode(head[43]!))
  )
}
