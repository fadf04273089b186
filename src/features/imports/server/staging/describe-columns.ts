import type { ImportColumn } from '#features/imports/contract.ts'
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
      samples: [...new Set(values)]
        .slice(0, 5)
        .map((text) => text.slice(0, 200).toWellFormed().replaceAll('\0', '')),
      filled: values.length,
    }
  })
}
