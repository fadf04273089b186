import { Skeleton, Stack } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { lazy, type ReactNode, Suspense } from 'react'
import { ErrorState } from '#web/layout/ErrorState.tsx'
import type { Column, ColumnLayout } from './columns.ts'
import classes from './grid.module.css'
import { PrintTable } from './PrintTable.tsx'
import type { RowSource } from './use-keyset-rows.ts'
import type { Versioned, WriteCells } from './use-cell-writes.ts'

/** A colleague as a cell shows him. */
export interface CellMark {
  field: string | null
  name: string
  colour: string
}

export interface DataTableProps<Row extends Versioned> {
  /** What the table is of, for those who hear it. */
  label: string
  source: RowSource<Row>
  columns: readonly Column<Row>[]
  layout?: ColumnLayout | undefined
  onLayout?: (layout: ColumnLayout) => void
  /** Name of the order, `-name` from the end; `usualSort` is what the third click returns to. */
  sort?: string
  usualSort?: string
  onSort?: (sort: string) => void
  /** Click on a link, double click or Enter on what cannot be edited, Ctrl+Enter anywhere. */
  onOpen?: (row: Row) => void
  /** Alt and a key, by its place (`KeyC`): what it does with the row the cursor is in. */
  rowKeys?: Readonly<Record<string, (row: Row) => void>>
  /** Writes cells and new rows of one act. Without it nothing can be edited. */
  onWrite?: WriteCells<Row>
  /** Hint in the row below the last one; with it, what is typed or pasted there makes new rows. */
  newRow?: string | undefined
  /** The act that narrows the list to what stands in this cell; undefined where there is none. */
  onFilter?: (columnId: string, row: Row) => (() => void) | undefined
  /** «Change in the selected ones»: asked of the rows of a range. */
  onBulkEdit?: (rows: Row[]) => void
  /** Colleagues in cells of these rows now: row → who, and in which column; null: in none, on the card. */
  present?: ReadonlyMap<string, readonly CellMark[]>
  /** The row and column the cursor is in. */
  onCursor?: (rowId: string | null, columnId: string | null) => void
  /** What a cell that waits for the line shall say; undefined for one that does not. */
  waiting?: (rowId: string, columnId: string) => string | undefined
  /** Check boxes before the rows. */
  selectable?: boolean
  /** The checked rows. */
  onSelect?: (rows: Row[]) => void
  /** The rows the selected range goes through. */
  onRange?: (rows: Row[]) => void
  /** What to show when there is no row at all. */
  empty: ReactNode
}

const CardList = lazy(async () => ({ default: (await import('./CardList.tsx')).CardList }))
const Grid = lazy(async () => ({ default: (await import('./Grid.tsx')).Grid }))

/** A live table of any length: a grid with the feel of a spreadsheet, on a telephone a list of cards. Fills its parent. */
export function DataTable<Row extends Versioned>(props: DataTableProps<Row>) {
  const { source, empty } = props
  const isPhone = useMediaQuery('(max-width: 600px)', undefined, { getInitialValueInEffect: false })
  const isPrinting = useMediaQuery('print')
  if (source.error && source.rows.length === 0)
    return <ErrorState error={source.error} onRetry={source.reload} />
  if (source.loading) return <Rows />
  if (source.rows.length === 0) return <>{empty}</>
  return (
    <>
      {isPrinting && <PrintTable {...props} />}
      <div className={`${classes.live} no-print`}>
        {isPhone ? (
          <Suspense fallback={<Rows />}>
            <CardList {...(props as unknown as DataTableProps<Versioned>)} />
          </Suspense>
        ) : (
          <Sheet {...props} />
        )}
      </div>
    </>
  )
}

function Sheet<Row extends Versioned>(props: DataTableProps<Row>) {
  const { source, label } = props
  return (
    <section aria-label={label} className={classes.grid} data-outdated={source.outdated || undefined}>
      <Suspense fallback={<Rows />}>
        <Grid {...(props as unknown as DataTableProps<Versioned>)} />
      </Suspense>
    </section>
  )
}

const Rows = () => (
  <Stack gap={10} p="md" aria-busy="true">
    {Array.from({ length: 12 }, (_, row) => (
      <Skeleton key={row} height={24} radius="sm" />
    ))}
  </Stack>
)
