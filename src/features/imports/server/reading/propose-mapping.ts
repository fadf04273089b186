import type { Mapping, MappingChoice } from '#features/imports/mapping.ts'
import { findHeader, type Header, repeats } from './find-header.ts'
import { type Column, recogniseColumns } from './recognise-columns.ts'
import { Refusal, type RefusalCode } from './refusal.ts'
import { hasContact, settleColumns } from './settle-columns.ts'
import type { Row, Sheet, Table, TableFormat } from './table.ts'
import { isForm } from './is-form.ts'
import { isTotal } from './skip-row.ts'

/** Rows a proposal is made from. */
export const SAMPLE_ROWS = 600

export interface SheetSample {
  index: number
  sheet: Sheet
  format: TableFormat
  rows: Row[]
}

/** The first rows of every sheet of a table, for proposeMapping. */
export async function sampleSheets(table: Table): Promise<SheetSample[]> {
  const samples: SheetSample[] = []
  for (const [index, sheet] of table.sheets.entries()) {
    const rows: Row[] = []
    for await (const batch of table.rows(index)) {
      rows.push(...batch)
      if (rows.length >= SAMPLE_ROWS) break
    }
    samples.push({ index, sheet, format: table.format, rows: rows.slice(0, SAMPLE_ROWS) })
  }
  return samples
}

export interface TableProposal {
  mapping: Mapping
  /** Why it cannot be applied as it stands: a person has to say more. */
  problem: RefusalCode | null
}

/**
 * The table, sheet and columns to import, ready to be applied as they stand; visible sheets before hidden ones. Where in no
 * sheet clients or people can be recognised, the fullest one as far as it was understood, with the problem.
 * Throws a Refusal when no sheet holds rows.
 */
export function proposeMapping(samples: SheetSample[]): TableProposal {
  const filled = samples.filter(({ rows }) => rows.length > 0)
  if (filled.length === 0) throw new Refusal('table.no-rows')
  const proposals = filled.map((sample) => ({ sample, ...proposeSheet(sample) }))
  const usable = proposals
    .filter(({ problem }) => problem === null)
    .toSorted((a, b) => Number(a.sample.sheet.hidden) - Number(b.sample.sheet.hidden) || b.score - a.score)
  const [best] = usable
  if (best) return { mapping: best.mapping, problem: null }
  const problems = proposals.map(({ problem }) => problem)
  const problem = PROBLEMS.find((known) => problems.includes(known)) ?? 'table.nothing-recognised'
  const [closest] = proposals
    .filter((proposal) => proposal.problem === problem)
    .toSorted(
      (a, b) =>
        Number(a.sample.sheet.hidden) - Number(b.sample.sheet.hidden) ||
        b.sample.rows.length - a.sample.rows.length,
    )
  return { mapping: closest!.mapping, problem }
}

/**
 * What a person chose, completed: without columns they are proposed for his sheet and header, and it is his to say that
 * they are enough.
 */
export function completeMapping(choice: MappingChoice, samples: SheetSample[]): TableProposal {
  const { sheet, headerRow, groupRows, columns } = choice
  if (columns)
    return {
      mapping: { sheet, headerRow: headerRow ?? null, groupRows: groupRows ?? false, columns },
      problem: null,
    }
  const sample = samples.find(({ index }) => index === sheet)
  if (!sample || sample.rows.length === 0) throw new Refusal('table.no-rows')
  const { mapping, problem } = proposeSheet(sample, headerRow)
  return { mapping, problem }
}

/** The first of these that any sheet shows is told. */
const PROBLEMS = ['table.nobody-named', 'table.form', 'table.nothing-recognised', 'table.no-rows'] as const

interface Proposal {
  mapping: Mapping
  score: number
  problem: (typeof PROBLEMS)[number] | null
}

function proposeSheet({ index, rows, format }: SheetSample, headerRow?: number | null): Proposal {
  const header =
    headerRow !== undefined
      ? chosenHeader(rows, headerRow)
      : format === 'dbf'
        ? firstRow(rows)
        : findHeader(rows)
  const data = rows.filter((row) => isData(row, header))
  const columns = settleColumns(recogniseColumns(header, data))
  const mapping: Mapping = {
    sheet: index,
    headerRow: header.row,
    groupRows: hasGroupRows(data, columns),
    columns: columns.map(({ content: _content, match: _match, ...column }) => column),
  }
  const score = scoreOf(columns) * (1 + Math.log10(Math.max(1, data.length)))
  return { mapping, score, problem: problemOf(rows, data, columns, score) }
}

function problemOf(rows: Row[], data: Row[], columns: Column[], score: number): Proposal['problem'] {
  if (isForm(rows)) return 'table.form'
  if (score === 0) return rows.length < 2 ? 'table.no-rows' : 'table.nothing-recognised'
  if (data.length === 0) return 'table.no-rows'
  const named = columns.some((column) => isNaming(column) && column.content.filled > 0)
  return named || rows.length >= SAMPLE_ROWS ? null : 'table.nobody-named'
}

function chosenHeader(rows: Row[], number: number | null): Header {
  const titles = rows.find((row) => row.number === number)?.cells.map((cell) => cell.trim()) ?? []
  return { row: number, titles }
}

/** Field names of a dBase file are its first row. */
function firstRow([first]: Row[]): Header {
  return { row: first?.number ?? null, titles: first?.cells ?? [] }
}

function isData(row: Row, header: Header): boolean {
  return row.number > (header.row ?? 0) && !repeats(row, header.titles) && !isTotal(row.cells)
}

const GOODS =
  /цена|стоимост|артикул|остат|кол-во|количеств|ед\.? ?изм|вес\b|price|cost|weight|sku|brand|qty|quantity|stock|taxable|thumbnail/i

function isNaming({ target }: Column): boolean {
  return target !== null && /^(?:name|fullName|person\.(?:name|lastName|firstName))$/.test(target)
}

/** 0 when the table is not about clients; otherwise the more is recognised, the higher. */
function scoreOf(columns: Column[]): number {
  const recognised = columns.filter(({ target }) => target !== null)
  const naming = recognised.filter(isNaming)
  if (naming.length === 0) return 0
  const supported = recognised.some(
    (column) =>
      hasContact(column) || /^(?:address|person\.|owner|kpp|ogrn|kind|account)/.test(column.target!),
  )
  const goods = columns.filter(({ header }) => GOODS.test(header)).length
  if (!supported && (goods >= 2 || !namesForSure(naming, columns))) return 0
  return recognised.reduce((sum, { confidence }) => sum + confidence, 0)
}

/** «Наименование» alone may name anything; «Контрагент», legal forms or a list of names and nothing else do not. */
function namesForSure(naming: Column[], columns: Column[]): boolean {
  const filled = columns.filter(({ content }) => content.filled > 0)
  return naming.some(({ header, confidence, content }) => {
    if (content.share.company > 0.2 || content.share.personName > 0.2) return true
    if (confidence < 0.9 || content.share.words < 0.5) return false
    return filled.length === 1 || !/^(?:наименование|название|name|имя|descr)$/i.test(header.trim())
  })
}

/** 1C writes folders as rows with a lone text; names without anything else beside them occur too, so several are needed. */
function hasGroupRows(data: Row[], columns: Column[]): boolean {
  if (columns.filter(({ target }) => target !== null).length < 3) return false
  let groups = 0
  for (const [index, { cells }] of data.entries()) {
    const next = data[index + 1]
    if (next && countFilled(cells) === 1 && countFilled(next.cells) >= 3) groups++
  }
  return groups >= 1 && groups <= data.length * 0.3
}

function countFilled(cells: string[]): number {
  let count = 0
  for (const cell of cells) if (cell.trim() !== '') count++
  return count
}
