import type { Mapping } from '#features/imports/mapping.ts'
import { parseCompanyName } from '#shared/company-names.ts'

/** Why a row of a table is no client: 'header' stands before the data or repeats, 'total' sums up, 'group' is a title. */
export type SkipReason = 'header' | 'total' | 'group' | 'empty'

const TOTAL = /^(?:итого|всего|общий итог|итог|total|grand total|subtotal|sum)(?=$|[\s:.,(])/i

/** Whether a row sums up: its first text says so. */
export function isTotal(cells: string[]): boolean {
  const first = cells.find((cell) => cell.trim() !== '')
  return first !== undefined && first.length < 80 && TOTAL.test(first.trim())
}

/** Why the row is to be passed over, null when it is a client's. */
export function skipReason(number: number, cells: string[], mapping: Mapping): SkipReason | null {
  if (mapping.headerRow !== null && number <= mapping.headerRow) return 'header'
  const filled = cells.filter((cell) => cell.trim() !== '')
  if (filled.length === 0) return 'empty'
  if (isTotal(cells)) return 'total'
  if (repeatsHeader(cells, mapping)) return 'header'
  return mapping.groupRows && isGroup(cells, filled) ? 'group' : null
}

/** The first filled cell tells quickly that a row is no header. */
function repeatsHeader(cells: string[], { columns, headerRow }: Mapping): boolean {
  if (headerRow === null) return false
  let same = 0
  let filled = 0
  for (const { index, header } of columns) {
    const cell = cells[index]
    if (cell === undefined || cell === '') continue
    filled++
    if (cell === header || cell.trim() === header) same++
    else if (filled === 1) return false
  }
  return filled >= 2 && same >= filled * 0.7
}

/** A lone text that is neither a company with its legal form nor a person. */
function isGroup(cells: string[], filled: string[]): boolean {
  if (filled.length !== 1) return false
  const text = filled[0]!.trim()
  if (
    /^(?:группа|папка|категория|раздел|покупатели|поставщики|прочие|клиенты|контрагенты)(?: |$|:)/i.test(text)
  )
    return true
  const { form, kind } = parseCompanyName(text)
  return form === null && kind === 'organization' && !/@|\d{5}/.test(text)
}
