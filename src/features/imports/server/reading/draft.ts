import type { ParsedContact } from '#shared/contact.ts'
import type { Verdict, VerdictReason } from '#shared/verdict.ts'
import type { SkipReason } from './skip-row.ts'

/** A contact of a row, judged; `label` is the cell's own word or, without one, the column's. */
export type DraftContact = ParsedContact

export interface DraftPerson {
  name: string
  lastName: string | null
  firstName: string | null
  middleName: string | null
  gender: 'male' | 'female' | null
  position: string | null
  role: string | null
  /** YYYY-MM-DD */
  birthday: string | null
  comment: string | null
  contacts: DraftContact[]
}

export interface DraftAccount {
  account: string
  bic: string | null
  bank: string | null
  corrAccount: string | null
}

/** A client as one row of a table names him; everything is judged, nothing of a mapped column is lost. */
export interface DraftClient {
  kind: 'organization' | 'entrepreneur' | 'person'
  name: string
  /** `key` of parseCompanyName: for exact comparison. */
  nameKey: string
  fullName: string | null
  inn: string | null
  /** Whether the check digits of the ИНН hold: only then it tells clients apart. */
  innHolds: boolean
  kpp: string | null
  ogrn: string | null
  okpo: string | null
  region: string | null
  source: string | null
  stage: string | null
  categories: string[]
  comment: string | null
  isBuyer: boolean | null
  isSupplier: boolean | null
  externalCode: string | null
  /** ISO day or instant. */
  createdAt: string | null
  /** As written; matched to people and clients of the base later. */
  owner: string | null
  headClient: string | null
  custom: Record<string, string>
  /** Field → text as written, where cleaning repaired it. */
  entered: Record<string, string>
  contacts: DraftContact[]
  people: DraftPerson[]
  accounts: DraftAccount[]
}

/** The verdict of one mapped cell that is not empty. */
export interface CellVerdict {
  index: number
  verdict: Verdict
  reason: VerdictReason | null
}

/** `row.nobody-named`: neither a client's nor a person's name stands in it. */
export type RowProblem = 'row.nobody-named'

export interface RowResult {
  number: number
  skip: SkipReason | null
  problem: RowProblem | null
  draft: DraftClient | null
  cells: CellVerdict[]
}
