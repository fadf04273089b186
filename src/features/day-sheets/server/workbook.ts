import type { Readable } from 'node:stream'
import {
  dayFigures,
  type DayRecord,
  type DayScope,
  type DaySheets,
  type DayFigure,
} from '#features/day-sheets/contract.ts'
import type { Caller } from '#server/auth/caller.ts'
import { Params } from '#server/db/params.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { type Cell, type XlsxColumn, xlsxStream } from '#server/files/xlsx-writer.ts'
import type { Language } from '#server/http/problem.ts'
import type { FileMark } from '#shared/file-mark.ts'
import { recordsSql } from './records.ts'
import { daySql, spanOf } from './sources.ts'
import { sheetWords } from './words.ts'

/** A line for each person and day; a closed day with the figures it was closed with. */
export function sheetsWorkbook({ people, sheets }: DaySheets, language: Language, mark: FileMark): Readable {
  const words = sheetWords[language]
  const names = new Map(people.map(({ userId, name }) => [userId, name]))
  const columns: XlsxColumn[] = [
    { title: words.day, type: 'date', width: 12 },
    { title: words.manager, width: 28 },
    ...dayFigures.map((figure): XlsxColumn => ({
      title: words.figures[figure],
      type: 'number',
      width: 14,
    })),
    { title: words.closed, width: 12 },
    { title: words.comment, width: 60 },
  ]
  async function* rows(): AsyncGenerator<Cell[]> {
    for (const { day, userId, figures, closed, comment } of sheets) {
      const shown = closed?.figures ?? figures
      yield [
        day,
        names.get(userId) ?? '',
        ...dayFigures.map((figure) => shown[figure]),
        closed ? words.yes : words.no,
        comment,
      ]
    }
  }
  return xlsxStream({ sheet: words.sheet, columns, mark }, rows())
}

/** `kept` and the kinds are parts of other figures: their entries would stand there twice. */
const listed: DayFigure[] = [
  'planned',
  'done',
  'moved',
  'cancelled',
  'entered',
  'changedEntries',
  'newClients',
  'changedClients',
]

/** How many lines `entriesWorkbook` has. */
export async function countEntries(tx: Tx, caller: Pick<Caller, 'role'>, scope: DayScope): Promise<number> {
  const span = await spanOf(tx, scope)
  const params = new Params()
  const every = listed.map(
    (figure) => `(select count(*) from (select ${recordsSql(caller, { ...scope, figure }, span, params)}) r)`,
  )
  const row = await rowOf<{ count: number }>(tx, `select (${every.join(' + ')})::int as count`, params.values)
  return row!.count
}

/** Everything behind the figures, line by line, figure by figure. */
export async function entriesWorkbook(
  tx: Tx,
  caller: Pick<Caller, 'role'>,
  scope: DayScope,
  language: Language,
  mark: FileMark,
): Promise<Readable> {
  const words = sheetWords[language]
  const span = await spanOf(tx, scope)
  const columns: XlsxColumn[] = [
    { title: words.day, type: 'date', width: 12 },
    { title: words.manager, width: 28 },
    { title: words.what, width: 20 },
    { title: words.when, width: 8 },
    { title: words.client, width: 36 },
    { title: words.kind, width: 12 },
    { title: words.text, width: 50 },
    { title: words.result, width: 40 },
  ]
  async function* rows(): AsyncGenerator<Cell[]> {
    for (const figure of listed) {
      const params = new Params()
      const found = await rowsOf<DayRecord & { manager: string; day: string; clock: string }>(
        tx,
        `select r.*, u.name as manager, ${daySql('r.at')}::text as day,
           to_char(r.at at time zone (select time_zone from company), 'HH24:MI') as clock
         from (select ${recordsSql(caller, { ...scope, figure }, span, params)}) r left join users u on u.id = r."userId"
         order by r.at, r.id`,
        params.values,
      )
      for (const { day, manager, clock, clientName, kind, text, result } of found) {
        yield [
          day,
          manager,
          words.figures[figure],
          clock,
          clientName,
          kind && words.kinds[kind],
          text,
          result,
        ]
      }
    }
  }
  return xlsxStream({ sheet: words.sheet, columns, mark }, rows())
}
