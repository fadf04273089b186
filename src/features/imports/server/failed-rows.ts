import type { Mapping } from '#features/imports/mapping.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { type Language, languageOf, notFound } from '#server/http/problem.ts'
import { type Context, Raw } from '#server/http/route.ts'
import { columnName } from '#server/files/xlsx-parts.ts'
import { xlsxStream } from '#server/files/xlsx-writer.ts'
import { takeNow } from '#server/taking/take.ts'
import { reasonSentence } from './reason-words.ts'
import { CELL_SEPARATOR } from './staging/stage-row.ts'

const pageSize = 1000
const words = {
  ru: { sheet: 'Не загружено', reason: 'Почему не загружено', file: 'не загружено' },
  en: { sheet: 'Not imported', reason: 'Why not imported', file: 'not imported' },
}

/** The rows that could not be taken, as they stood in the file, with a last column that says why. @throws Problem 404 */
export async function sendFailedRows(id: string, context: Context): Promise<Raw> {
  const { tx, request, reply } = context
  const language = languageOf(request)
  const found = await rowOf<{ name: string; mapping: Mapping | null }>(
    tx,
    'select name, mapping from imports where id = $1',
    [id],
  )
  if (!found?.mapping) throw notFound()
  const { sheet, reason, file } = words[language]
  const titles = titlesOf(found.mapping)
  const fileName = `${found.name.replace(/\.\w+$/, '')} — ${file}.xlsx`
  const failed = await rowOf<{ count: number }>(
    tx,
    `select count(*)::int as count from import_matches where import_id = $1 and outcome = 'error'`,
    [id],
  )
  const mark = await takeNow(context, language, {
    road: 'failed-rows',
    fileName,
    selection: { import: id },
    rows: failed!.count,
    counted: false,
  })
  reply.header('content-disposition', attachment(fileName))
  const columns = [...titles, reason].map((title) => ({ title }))
  const stream = xlsxStream({ sheet, columns, mark }, rowsFor(tx, id, titles.length, language))
  return new Raw(stream, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
}

function titlesOf({ columns }: Mapping): string[] {
  const width = Math.max(0, ...columns.map(({ index }) => index + 1))
  const header = new Map(columns.map((column) => [column.index, column.header]))
  return Array.from({ length: width }, (_, index) => header.get(index) || columnName(index))
}

/** Page by page, each a round trip as the caller. */
async function* rowsFor(tx: Tx, id: string, width: number, language: Language): AsyncGenerator<string[]> {
  for (let last = 0; ;) {
    const rows = await rowsOf<{ number: number; cells: string; reason: string | null }>(
      tx,
      `select m.number, r.cells, m.reason from import_matches m join import_rows r on r.import_id = m.import_id and r.number = m.number
       where m.import_id = $1 and m.outcome = 'error' and m.number > $2 order by m.number limit $3`,
      [id, last, pageSize],
    )
    for (const { number, cells, reason } of rows) {
      const row = cells.split(CELL_SEPARATOR).slice(0, width)
      while (row.length < width) row.push('')
      yield [...row, reasonSentence(reason)?.[language] ?? '']
      last = number
    }
    if (rows.length < pageSize) return
  }
}

function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const full = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${full}`
}
