import type { Readable } from 'node:stream'
import { type Cell, type XlsxColumn, xlsxStream } from '#server/files/xlsx-writer.ts'
import {
  type ContactInfo,
  type GapRow,
  type ReportGroup,
  type ReportScope,
  type ReportSelection,
  states,
  type ValueRow,
} from '#features/reports/contract.ts'
import { goodStates, shareOf } from '#features/reports/quality.ts'
import { contactKindTitles, contactText } from '#features/clients/fields.ts'
import type { FileMark } from '#shared/file-mark.ts'
import { partsOf } from './columns.ts'
import { keysOf } from './units.ts'
import { reportWords, type Language } from './words.ts'

/** «Телефон», «Телефон: мобильный»: a column's name for people. */
export function columnTitle(key: string, language: Language): string {
  const [kind, label] = partsOf(key)
  const title = contactKindTitles[kind][language]
  return label === undefined ? title : `${title}: ${label || reportWords[language].noLabel}`
}

/** The shares: a column for each level of groups, numbers and share for every kind, the total last. */
export function sharesWorkbook(
  report: ContactInfo,
  scope: ReportScope,
  language: Language,
  mark: FileMark,
): Readable {
  const words = reportWords[language]
  const keys = [...new Set(scope.kinds)]
  const levels =
    scope.groupBy.length === 0 ? [words.group] : scope.groupBy.map((dimension) => words.dimensions[dimension])
  const columns: XlsxColumn[] = [
    ...levels.map((title) => ({ title, width: 28 })),
    { title: scope.object === 'persons' ? words.persons : words.clients, type: 'number', width: 12 },
    ...keys.flatMap((key): XlsxColumn[] => [
      { title: `${columnTitle(key, language)}: ${words.share}, %`, type: 'number', width: 16 },
      ...states.map((state): XlsxColumn => ({
        title: `${columnTitle(key, language)}: ${words.states[state]}`,
        type: 'number',
        width: 16,
      })),
    ]),
  ]
  const good = goodStates(scope)
  const figures = (group: Pick<ReportGroup, 'clients' | 'cells'>): Cell[] => [
    group.clients,
    ...keys.flatMap((key) => [
      Math.round(shareOf(group, [key], good) * 1000) / 10,
      ...states.map((state) => group.cells[key]![state]),
    ]),
  ]
  async function* rows(): AsyncGenerator<Cell[]> {
    yield* below(report.groups, [])
    yield [words.total, ...blank(levels.length - 1), ...figures(report.total)]
  }
  function* below(groups: ReportGroup[], path: string[]): Generator<Cell[]> {
    for (const group of groups) {
      const here = [...path, group.label]
      yield [...here, ...blank(levels.length - here.length), ...figures(group)]
      if (group.groups) yield* below(group.groups, here)
    }
  }
  return xlsxStream({ sheet: words.sheet, columns, mark }, rows())
}

/** The list behind a number: who, whose, and the state of every column. */
export function clientsWorkbook(
  batches: AsyncIterable<GapRow[]>,
  selection: ReportSelection,
  language: Language,
  mark: FileMark,
): Readable {
  const words = reportWords[language]
  return listWorkbook(batches, selection, language, mark, (row, key) => words.states[row.cells[key]!])
}

/** The values: several of a cell stand on lines of their own. */
export function valuesWorkbook(
  batches: AsyncIterable<ValueRow[]>,
  selection: ReportSelection,
  language: Language,
  mark: FileMark,
): Readable {
  return listWorkbook(batches, selection, language, mark, (row, key) =>
    row.cells[key]!.map(
      (shown) => contactText({ kind: partsOf(key)[0], ...shown }) + (shown.note ? ` (${shown.note})` : ''),
    ).join('\n'),
  )
}

function listWorkbook<Row extends GapRow | ValueRow>(
  batches: AsyncIterable<Row[]>,
  selection: ReportSelection,
  language: Language,
  mark: FileMark,
  cellOf: (row: Row, key: string) => string,
): Readable {
  const words = reportWords[language]
  const keys = keysOf(selection)
  const columns = [
    { title: words.client, width: 36 },
    { title: words.person, width: 28 },
    { title: words.position, width: 20 },
    { title: words.dimensions.manager, width: 24 },
    { title: words.dimensions.region, width: 20 },
    { title: words.dimensions.source, width: 20 },
    { title: words.dimensions.stage, width: 20 },
    ...keys.map((key) => ({ title: columnTitle(key, language), width: 28 })),
  ]
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const batch of batches) {
      for (const row of batch) {
        const { name, personName, position, ownerName, region, source, stage } = row
        yield [
          name,
          personName,
          position,
          ownerName,
          region,
          source,
          stage,
          ...keys.map((key) => cellOf(row, key)),
        ]
      }
    }
  }
  return xlsxStream({ sheet: words.sheet, columns, mark }, rows())
}

const blank = (count: number): Cell[] => Array<Cell>(count).fill(null)
