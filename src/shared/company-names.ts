import { cleanText, fold } from './text.ts'
import type { Verdict, VerdictReason } from './verdict.ts'

export interface CompanyName {
  kind: 'organization' | 'entrepreneur' | 'person'
  /** The legal form in short: ООО, АО, ИП …; null when the cell names none. */
  form: string | null
  /** The name without form and outer quotes. */
  core: string
  /** For exact comparison: the folded core and the class of the form. */
  key: string
  /** Forms that are one for fuzzy matching: all joint-stock companies are «АО»; '' without a form. */
  formClass: string
  note: string | null
  verdict: Verdict
  reason: VerdictReason | null
}

/** What a company cell says: legal form, the name itself, notes. */
export function parseCompanyName(raw: string): CompanyName {
  const core = cleanText(raw)
  return {
    kind: 'organization',
    form: null,
    core,
    key: fold(core),
    formClass: '',
    note: null,
    verdict: 'ok',
    reason: null,
  }
}

/** How alike two company names are, 0 to 1; legal forms count little. */
export function nameSimilarity(a: string, b: string): number {
  return fold(a) === fold(b) ? 1 : 0
}
