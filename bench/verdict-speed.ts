import { parseCompanyName } from '#shared/company-names.ts'
import { parsePhones } from '#shared/phones.ts'
import { parseEmails } from '#shared/emails.ts'
import { parsePersonName } from '#shared/person-names.ts'
import { judgeInn } from '#shared/tax-numbers.ts'
import { fold } from '#shared/text.ts'
import { dirtyCells } from './dirty-cells.ts'
import type { CellKind } from './dirty/cell.ts'

export interface RuleSpeed {
  rule: string
  /** Cells a second over clean cells, as most of a base is. */
  clean: number
  /** Cells a second over the labelled dirty set: every error as often as none. */
  dirty: number
}

const RULES: readonly [string, CellKind, (raw: string) => unknown][] = [
  ['parsePhones', 'phone', (raw) => parsePhones(raw, { cityCode: '495' })],
  ['parseEmails', 'email', parseEmails],
  ['judgeInn', 'inn', judgeInn],
  ['parsePersonName', 'person name', parsePersonName],
  ['parseCompanyName', 'company name', parseCompanyName],
  ['fold', 'company name', fold],
]
const ROUNDS = 40_000

/** How many cells each rule reads in a second of one core's time, so that a busy machine measures the same. */
export function measureVerdictSpeed(): RuleSpeed[] {
  const cells = dirtyCells()
  return RULES.map(([rule, kind, read]) => {
    const ofKind = cells.filter((cell) => cell.kind === kind)
    const clean = ofKind.filter((cell) => cell.error === 'none').map(({ raw }) => raw)
    const dirty = ofKind.map(({ raw }) => raw)
    return { rule, clean: cellsPerSecond(clean, read), dirty: cellsPerSecond(dirty, read) }
  })
}

function cellsPerSecond(cells: readonly string[], read: (raw: string) => unknown): number {
  for (let index = 0; index < ROUNDS / 4; index++) read(cells[index % cells.length]!)
  const before = process.threadCpuUsage()
  for (let index = 0; index < ROUNDS; index++) read(cells[index % cells.length]!)
  const { user, system } = process.threadCpuUsage(before)
  return Math.round(ROUNDS / ((user + system) / 1_000_000))
}

if (import.meta.main) console.table(measureVerdictSpeed())
