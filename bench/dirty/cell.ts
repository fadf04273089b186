import type { Verdict } from '#shared/verdict.ts'
import type { Chance } from './random.ts'

export type CellKind =
  | 'phone'
  | 'email'
  | 'inn'
  | 'kpp'
  | 'ogrn'
  | 'okpo'
  | 'account'
  | 'person name'
  | 'company name'
  | 'mojibake'
  | 'placeholder'

/** What a knowing person reads in the cell. Only the fields of its kind are given. */
export interface Reading {
  contacts?: { normalized: string | null; extension?: string | null; label?: string; verdict: Verdict }[]
  number?: { value: string | null; verdict: Verdict; kpp?: string }
  person?: {
    lastName: string | null
    firstName: string | null
    middleName: string | null
    gender: 'male' | 'female' | null
    note?: string
  }
  company?: {
    kind: 'organization' | 'entrepreneur' | 'person'
    form: string | null
    core: string
    verdict: Verdict
    note?: string
  }
  text?: string
  placeholder?: boolean
}

export interface DirtyCell {
  kind: CellKind
  raw: string
  /** The error that was made, for the list of what was misread. */
  error: string
  expected: Reading
  /** The value is right and usable as it stands or after a sure repair: calling it junk would throw a client away. */
  valid: boolean
  cityCode?: string
  bic?: string
}

export type CellMaker = (chance: Chance) => DirtyCell

/** So many cells of one kind, every maker in turn so that rare errors are as well measured as common ones. */
export function cellsOf(makers: readonly CellMaker[], count: number, chance: Chance): DirtyCell[] {
  return Array.from({ length: count }, (_, index) => makers[index % makers.length]!(chance))
}
