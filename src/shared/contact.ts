import type { ContactKind, Verdict, VerdictReason } from './verdict.ts'

/** One contact found in a cell. `value` is that part of the cell as entered; `normalized` is what to call, write or compare. */
export interface ParsedContact {
  kind: ContactKind
  /** The «вид» named in the cell itself: мобильный, рабочий, домашний, факс, WhatsApp …; null when the cell does not say. */
  label: string | null
  value: string
  /** Phone: E.164; e-mail: lower case; website: host and path; messenger: service:name; address: tidied text. Null when there is none to trust. */
  normalized: string | null
  extension: string | null
  verdict: Verdict
  reason: VerdictReason | null
  /** What else the cell said: «спросить Анну», «после 18». */
  note: string | null
  doNotCall: boolean
}

export interface ContactContext {
  /** City code of the account, digits only («495»): completes local numbers. */
  cityCode?: string | null | undefined
}

/** A contact with every field at its default but those given. */
export function contactOf(
  kind: ContactKind,
  value: string,
  verdict: Verdict,
  fields: Partial<ParsedContact> = {},
): ParsedContact {
  return {
    kind,
    label: null,
    value,
    normalized: null,
    extension: null,
    verdict,
    reason: null,
    note: null,
    doNotCall: false,
    ...fields,
  }
}

/** A cell longer than this (characters) is a text or a list, not contacts; reading it would cost more than it gives. */
export const LONGEST_CELL = 2000

/** What such a cell becomes: kept whole, for a person to divide. */
export function unreadable(kind: ContactKind, raw: string): ParsedContact[] {
  return [contactOf(kind, raw.trim(), 'doubtful', { reason: 'several-values' })]
}
