import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { PersonTaking, takingsXlsx } from '#features/taking/contract.ts'
import type { Tx } from '#server/db/tx.ts'
import { type Cell, type XlsxColumn, xlsxStream } from '#server/files/xlsx-writer.ts'
import type { FileMark } from '#shared/file-mark.ts'
import { takingsPage } from './queries.ts'
import { takingWords } from './words.ts'

type Scope = Omit<z.output<(typeof takingsXlsx)['input']>, 'what' | 'language'>

const pageSize = 200

/** A line a taking, page by page. */
export function takingsWorkbook(tx: Tx, scope: Scope, language: 'ru' | 'en', mark: FileMark): Readable {
  const words = takingWords[language]
  const columns: XlsxColumn[] = [
    { title: words.day, type: 'date', width: 12 },
    { title: words.person, width: 28 },
    { title: words.road, width: 28 },
    { title: words.file, width: 32 },
    { title: words.rows, type: 'number', width: 10 },
    { title: words.counted, width: 10 },
    { title: words.filter, width: 40 },
    { title: words.columns, width: 40 },
    { title: words.address, width: 16 },
    { title: words.device, width: 40 },
  ]
  async function* rows(): AsyncGenerator<Cell[]> {
    let cursor: string | undefined
    do {
      const page = await takingsPage(tx, { ...scope, cursor, limit: pageSize })
      for (const taking of page.items) {
        yield [
          taking.at,
          taking.userName,
          words.roads[taking.road],
          taking.fileName,
          taking.rows,
          taking.counted ? words.yes : words.no,
          JSON.stringify(taking.selection),
          taking.columns.join(', '),
          taking.address,
          taking.sessionName,
        ]
      }
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
  }
  return xlsxStream({ sheet: words.sheet, columns, mark }, rows())
}

/** A line a person. */
export function peopleWorkbook(
  people: readonly PersonTaking[],
  language: 'ru' | 'en',
  mark: FileMark,
): Readable {
  const words = takingWords[language]
  const numbers = [
    'files',
    'taken',
    'quota',
    'quotaTaken',
    'read',
    'cards',
    'copied',
    'attachments',
    'usual',
  ] as const
  const columns: XlsxColumn[] = [
    { title: words.person, width: 28 },
    ...numbers.map((name): XlsxColumn => ({ title: words[name], type: 'number', width: 16 })),
  ]
  async function* rows(): AsyncGenerator<Cell[]> {
    for (const person of people) yield [person.name, ...numbers.map((name) => person[name])]
  }
  return xlsxStream({ sheet: words.sheet, columns, mark }, rows())
}
