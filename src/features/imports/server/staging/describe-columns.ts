import type { Import, ImportColumn } from '#features/imports/contract.ts'
import type { Mapping } from '#features/imports/mapping.ts'
import type { SheetSample } from '#features/imports/server/reading/propose-mapping.ts'

/** The columns of the chosen sheet with what stands in them, for the person who looks whether they are understood. */
export function describeColumns(mapping: Mapping, samples: SheetSample[]): ImportColumn[] {
  const rows = samples.find(({ index }) => index === mapping.sheet)?.rows ?? []
  const data = rows.filter(({ number }) => number > (mapping.headerRow ?? 0))
  return mapping.columns.map((column) => {
    const values = data.map(({ cells }) => cells[column.index]?.trim() ?? '').filter((cell) => cell !== '')
    return {
      ...column,
      samples: [...new Set(values)].slice(0, 5).map((text) => storable(text.slice(0, 200))),
      filled: values.length,
    }
  })
}

/** Enough to see titles, the header and what stands below it. */
const TOP_ROWS = 20
const TOP_COLUMNS = 100

/** The first rows of the chosen sheet, for the person who has to say which is the header. */
export function describeTop({ sheet }: Mapping, samples: SheetSample[]): Import['top'] {
  const rows = samples.find(({ index }) => index === sheet)?.rows ?? []
  return rows.slice(0, TOP_ROWS).map(({ number, cells }) => ({
    number,
    cells: cells.slice(0, TOP_COLUMNS).map((cell) => storable(cell.slice(0, 100))),
  }))
}

/** Without what PostgreSQL refuses in a json text. */
const storable = (text: string) => text.toWellFormed().replaceAll('\0', '')
