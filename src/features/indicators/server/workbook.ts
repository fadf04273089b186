import type { Readable } from 'node:stream'
import {
  indicators,
  type IndicatorRow,
  type Indicators,
  type IndicatorScope,
} from '#features/indicators/contract.ts'
import { type Cell, type XlsxColumn, xlsxStream } from '#server/files/xlsx-writer.ts'
import type { Language } from '#server/http/problem.ts'
import type { FileMark } from '#shared/file-mark.ts'
import { indicatorWords } from './words.ts'

const figures = [...indicators, 'responseHours'] as const

/** A line each, the total last; where two periods are compared the earlier figure stands at the side. */
export function indicatorsWorkbook(
  found: Indicators,
  scope: IndicatorScope,
  language: Language,
  mark: FileMark,
): Readable {
  const words = indicatorWords[language]
  const columns: XlsxColumn[] = [
    { title: words[scope.groupBy], width: 28 },
    ...figures.flatMap((name): XlsxColumn[] => {
      const title = words.figures[name]
      return [
        { title, type: 'number', width: 14 },
        ...(found.earlier
          ? [{ title: `${title}: ${words.earlier}`, type: 'number' as const, width: 14 }]
          : []),
      ]
    }),
  ]
  const cells = ({ figures: now, earlier }: Pick<IndicatorRow, 'figures' | 'earlier'>): Cell[] =>
    figures.flatMap((name) => [now[name], ...(earlier ? [earlier[name]] : [])])
  async function* rows(): AsyncGenerator<Cell[]> {
    for (const row of found.rows) yield [row.label, ...cells(row)]
    yield [words.total, ...cells(found.total)]
  }
  return xlsxStream({ sheet: words.sheet, columns, mark }, rows())
}
