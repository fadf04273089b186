import { parseCompanyName } from '#shared/company-names.ts'
import { parseContacts } from '#shared/contacts.ts'
import { repairMojibake } from '#shared/mojibake.ts'
import { parsePersonName } from '#shared/person-names.ts'
import {
  judgeAccount,
  judgeInn,
  judgeKpp,
  judgeOgrn,
  judgeOkpo,
  type JudgedNumber,
} from '#shared/tax-numbers.ts'
import { isPlaceholder } from '#shared/verdict.ts'
import { dirtyCells } from './dirty-cells.ts'
import type { CellKind, DirtyCell, Reading } from './dirty/cell.ts'

export interface KindAccuracy {
  kind: CellKind
  cells: number
  /** Cells read in every part as the label says. */
  right: number
  accuracy: number
  /** Valid values called junk or nothing. */
  falseJunk: number
}

export interface Misreading {
  cell: DirtyCell
  read: Reading
}

/** Reads every labelled cell by the product's rules and counts, kind by kind, what was read as the label says. */
export function measureVerdicts(cells: readonly DirtyCell[] = dirtyCells()): KindAccuracy[] {
  const byKind = Map.groupBy(cells, (cell) => cell.kind)
  return Array.from(byKind, ([kind, ofKind]) => {
    const readings = ofKind.map((cell) => ({ cell, read: readCell(cell) }))
    const right = readings.filter(({ cell, read }) => agrees(cell.expected, read)).length
    const falseJunk = readings.filter(({ cell, read }) => cell.valid && isThrownAway(read)).length
    return { kind, cells: ofKind.length, right, accuracy: right / ofKind.length, falseJunk }
  })
}

/** The cells read otherwise than labelled. */
export function misreadings(cells: readonly DirtyCell[] = dirtyCells()): Misreading[] {
  return cells
    .map((cell) => ({ cell, read: readCell(cell) }))
    .filter(({ cell, read }) => !agrees(cell.expected, read))
}

function readCell(cell: DirtyCell): Reading {
  const { kind, raw, bic } = cell
  switch (kind) {
    case 'phone':
    case 'email': {
      const contacts = parseContacts(kind, raw, { cityCode: cell.cityCode })
      return {
        contacts: contacts.map(({ normalized, extension, label, verdict }) => ({
          normalized,
          extension,
          verdict,
          ...(label && { label }),
        })),
      }
    }
    case 'inn':
      return numberOf(judgeInn(raw))
    case 'kpp':
      return numberOf(judgeKpp(raw))
    case 'ogrn':
      return numberOf(judgeOgrn(raw))
    case 'okpo':
      return numberOf(judgeOkpo(raw))
    case 'account':
      return numberOf(judgeAccount(raw, { bic: bic ?? null }))
    case 'person name': {
      const { lastName, firstName, middleName, gender, note } = parsePersonName(raw)
      return { person: { lastName, firstName, middleName, gender, ...(note && { note }) } }
    }
    case 'company name': {
      const { kind, form, core, verdict, note } = parseCompanyName(raw)
      return { company: { kind, form, core, verdict, ...(note && { note }) } }
    }
    case 'mojibake':
      return { text: repairMojibake(raw) }
    case 'placeholder':
      return { placeholder: isPlaceholder(raw) && parseContacts('phone', raw).length === 0 }
  }
}

function numberOf({ value, verdict, kpp }: JudgedNumber): Reading {
  return { number: { value, verdict, ...(kpp && { kpp }) } }
}

/** Every labelled field must be read; a label or note the cell's label does not speak of is not counted against the rules. */
function agrees(expected: Reading, read: Reading): boolean {
  return covers(expected, read)
}

function covers(expected: unknown, read: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return (expected ?? null) === (read ?? null)
  if (typeof read !== 'object' || read === null) return false
  if (Array.isArray(expected) && (!Array.isArray(read) || read.length !== expected.length)) return false
  return Object.entries(expected).every(([key, value]) =>
    covers(value, (read as Record<string, unknown>)[key]),
  )
}

function isThrownAway({ contacts, number, company, placeholder }: Reading): boolean {
  if (contacts) return contacts.length === 0 || contacts.some(({ verdict }) => verdict === 'junk')
  return number?.verdict === 'junk' || company?.verdict === 'junk' || placeholder === true
}

if (import.meta.main) {
  console.table(
    measureVerdicts().map((row) => ({ ...row, accuracy: `${(row.accuracy * 100).toFixed(2)} %` })),
  )
  for (const { cell, read } of misreadings().slice(0, 60))
    console.log(
      `${cell.kind} · ${cell.error} · ${JSON.stringify(cell.raw)}\n  expected ${JSON.stringify(cell.expected)}\n  read     ${JSON.stringify(read)}`,
    )
}
