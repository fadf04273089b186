import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import type { Row, Table } from './table.ts'

/** Files made by hand for the tests of this folder. */
export interface Workshop {
  /** Writes bytes or text and returns the path. */
  file(name: string, content: string | Uint8Array): Promise<string>
  /** Writes a zip of the parts; a name with a final slash makes a directory entry. */
  zip(name: string, parts: Record<string, string | Uint8Array>): Promise<string>
  clear(): Promise<void>
}

export async function openWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'kartoteka-reading-'))
  return {
    async file(name, content) {
      const path = join(folder, name)
      await writeFile(path, content)
      return path
    },
    async zip(name, parts) {
      const path = join(folder, name)
      const zip = new ZipFile()
      for (const [part, content] of Object.entries(parts)) {
        if (part.endsWith('/')) zip.addEmptyDirectory(part)
        else zip.addBuffer(Buffer.from(content as string), part)
      }
      zip.end()
      await finished(zip.outputStream.pipe(createWriteStream(path)))
      return path
    },
    clear: () => rm(folder, { recursive: true, force: true }),
  }
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

/** The parts of a smallest xlsx with one sheet; any part can be replaced or added. */
export function xlsxParts(sheetData: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    '[Content_Types].xml':
      '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    '_rels/.rels': `<Relationships><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}"><sheets><sheet name="Лист1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      `<Relationships><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>` +
      `<Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/>` +
      `<Relationship Id="rId3" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}"><sheetData>${sheetData}</sheetData></worksheet>`,
    ...more,
  }
}

/** All rows of a sheet. */
export async function allRows(table: Table, sheet = 0): Promise<Row[]> {
  const rows: Row[] = []
  for await (const batch of table.rows(sheet)) rows.push(...batch)
  return rows
}

/** Rows as `proposeMapping` and `rowToClient` take them, of lines of cells. */
export function rowsOf(lines: string[][]): Row[] {
  return lines
    .map((cells, index) => ({ number: index + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
}
