import type { ContactKind } from './verdict.ts'

/** What of a client counts for finding its twins. */
export interface MatchSide {
  name: string
  inn?: string | null
  kpp?: string | null
  city?: string | null
  contacts?: { kind: ContactKind; normalized: string | null; extension?: string | null }[]
}

export type MatchReason =
  | 'same-inn'
  | 'branch'
  | 'different-inn'
  | 'same-phone'
  | 'same-email'
  | 'shared-line'
  | 'same-name'
  | 'similar-name'
  | 'same-city'

export interface Match {
  score: 'same' | 'likely' | 'candidate' | 'none'
  reasons: MatchReason[]
}

/** How sure it is that two cards are one client. Two different valid ИНН veto everything else. */
export function matchScore(a: MatchSide, b: MatchSide): Match {
  if (a.inn && a.inn === b.inn) return { score: 'same', reasons: ['same-inn'] }
  return { score: 'none', reasons: [] }
}
