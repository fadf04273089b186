import { TextDecoder } from 'node:util'
import { StringTable } from './string-table.ts'
import type { Table } from './table.ts'
import { readSharedStrings } from './xlsx-strings.ts'
import { readSheetRows } from './xlsx-sheet.ts'
import { readWorkbookParts, type Workbook } from './xlsx-workbook.ts'
import { openZip, type Zip } from './zip.ts'

/** Opens an xlsx (transitional or strict) for streaming; sheets that are charts or dialogs are not listed. */
export async function openXlsx(path: string): Promise<Table> {
  const zip = await openZip(path)
  const workbook = await readWorkbookParts(zip).catch((error: unknown) => {
    zip.close()
    throw error
  })
  let strings: Promise<StringTable> | null = null
  return {
    format: 'xlsx',
    sheets: workbook.sheets.map(({ name, hidden }) => ({ name, hidden })),
    async *rows(sheet) {
      strings ??= loadStrings(zip, workbook)
      const { looks, from1904 } = workbook
      const part = workbook.sheets[sheet]
      if (part)
        yield* readSheetRows(asUtf8(zip.chunks(part.path)), { strings: await strings, looks, from1904 })
    },
    async close() {
      zip.close()
    },
  }
}

async function loadStrings(zip: Zip, { stringsPath }: Workbook): Promise<StringTable> {
  const path = stringsPath ?? 'xl/sharedStrings.xml'
  return zip.has(path) ? readSharedStrings(asUtf8(zip.chunks(path))) : new StringTable()
}

/** XML may also be UTF-16 with a mark: rare, but the standard allows it. */
async function* asUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decoder: TextDecoder | null | undefined
  for await (const chunk of chunks) {
    if (decoder === undefined) {
      const mark = chunk.length > 1 ? chunk.readUInt16BE(0) : 0
      decoder =
        mark === 0xfffe ? new TextDecoder('utf-16le') : mark === 0xfeff ? new TextDecoder('utf-16be') : null
    }
    yield decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk
  }
}
