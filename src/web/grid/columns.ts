import type { Verdict } from '#shared/verdict.ts'

export interface Option {
  value: string
  label: string
}

/** How a cell is edited in place. What its text means is the server's to say. */
export interface CellEdit<Row> {
  input: 'text' | 'number' | 'choice' | 'date' | 'tags'
  /** What stands in the editor when it opens. Text as shown when absent; the value of an option for a choice. */
  text?: (row: Row) => string
  options?: readonly Option[]
  /** May this row's cell be edited; absent: yes. */
  allowed?: (row: Row) => boolean
}

export interface Column<Row> {
  /** Name of the field; the key of widths, order and edits. */
  id: string
  title: string
  /** `link` opens the row's card, `tags` draws chips, `number` and `date` align by digits, `contacts` several values in one line. */
  kind?: 'text' | 'number' | 'date' | 'choice' | 'tags' | 'contacts' | 'link'
  /** What the cell shows and what Ctrl+C takes. */
  text: (row: Row) => string
  /** The worst verdict of what the cell shows; doubtful and junk are marked. */
  verdict?: (row: Row) => Verdict | null | undefined
  /** Whether the cell is set off from the others: what has changed. */
  mark?: (row: Row) => boolean
  width?: number
  /** Name of the order for sorting by this column. */
  sort?: string
  edit?: CellEdit<Row>
  /** Not shown until the person asks for it. */
  hidden?: boolean
  /** Shown as a line of the card list on a telephone. */
  onPhone?: boolean
}

/** What a person has changed about the columns; part of a saved view. */
export interface ColumnLayout {
  order: string[]
  hidden: string[]
  widths: Record<string, number>
  /** How many columns stay in sight while the others scroll; absent: the first, where it opens the card. */
  frozen?: number
}

/** The columns in the person's order, without the hidden ones; columns he has never seen stay at their place. */
export function arrangeColumns<Row>(
  columns: readonly Column<Row>[],
  layout: ColumnLayout | undefined,
): Column<Row>[] {
  if (!layout) return columns.filter((column) => !column.hidden)
  const known = new Set([...layout.order, ...layout.hidden])
  const hidden = new Set(layout.hidden)
  const shown = columns.filter((column) => !hidden.has(column.id) && (known.has(column.id) || !column.hidden))
  const rank = new Map(layout.order.map((id, index) => [id, index]))
  const rankOf = (column: Column<Row>) => rank.get(column.id) ?? columns.indexOf(column)
  return shown.toSorted((a, b) => rankOf(a) - rankOf(b))
}

/** The layout as it stands, so that a change has something to start from. */
export const layoutOf = <Row>(
  columns: readonly Column<Row>[],
  layout: ColumnLayout | undefined,
): ColumnLayout => ({
  order: arrangeColumns(columns, layout).map((column) => column.id),
  hidden: layout?.hidden ?? columns.filter((column) => column.hidden).map((column) => column.id),
  widths: layout?.widths ?? {},
  ...(layout?.frozen !== undefined && { frozen: layout.frozen }),
})

/** How many columns stay in sight. */
export const frozenOf = (shown: readonly Pick<Column<never>, 'kind'>[], layout: ColumnLayout | undefined) =>
  Math.min(layout?.frozen ?? (shown[0]?.kind === 'link' ? 1 : 0), shown.length)

/** Moves a shown column to another place among the shown ones. */
export function moveColumn(layout: ColumnLayout, from: number, to: number): ColumnLayout {
  const order = [...layout.order]
  const [moved] = order.splice(from, 1)
  if (moved !== undefined) order.splice(to, 0, moved)
  return { ...layout, order }
}

export function toggleColumn(layout: ColumnLayout, id: string, shown: boolean): ColumnLayout {
  const hidden = layout.hidden.filter((other) => other !== id)
  const order = layout.order.filter((other) => other !== id)
  return shown ? { ...layout, hidden, order: [...order, id] } : { ...layout, hidden: [...hidden, id], order }
}

/** The next order after a click on a header: rising, falling, the usual one. */
export function nextSort(column: Pick<Column<never>, 'sort'>, current: string, usual: string): string {
  if (!column.sort) return current
  if (current === column.sort) return `-${column.sort}`
  return current === `-${column.sort}` ? usual : column.sort
}

/** What stands in the editor of a cell. */
export const editText = <Row>({ edit, text }: Column<Row>, row: Row): string => edit?.text?.(row) ?? text(row)

/** The name of a choice; any other text as it is. */
export const labelOf = <Row>(column: Column<Row>, text: string) =>
  column.edit?.options?.find((option) => option.value === text)?.label ?? text

/** What a copied cell brings to a cell of ours: values as entered, but the name of a choice and not its key, which says nothing elsewhere. */
export const copyText = <Row>(column: Column<Row>, row: Row): string =>
  column.edit && !column.edit.options ? editText(column, row) : column.text(row)

export const splitTags = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,;\n]/)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
  ),
]
