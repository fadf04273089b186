import { parseCompanyName } from './company-names.ts'
import { matchKey } from './contacts.ts'
import { companySimilarity } from './name-similarity.ts'
import { judgeInn } from './tax-numbers.ts'
import { fold } from './text.ts'
import type { ContactKind } from './verdict.ts'

/** What of a client counts for finding its twins. */
export interface MatchSide {
  name: string
  inn?: string | null
  kpp?: string | null
  city?: string | null
  contacts?: readonly { kind: ContactKind; normalized: string | null; extension?: string | null }[]
}

export type MatchReason =
  | 'same-inn'
  | 'branch'
  | 'different-inn'
  | 'same-phone'
  | 'same-email'
  | 'same-messenger'
  | 'shared-line'
  | 'same-name'
  | 'similar-name'
  | 'same-city'

export interface Match {
  score: 'same' | 'likely' | 'candidate' | 'none'
  reasons: MatchReason[]
}

const SAME_NAME = 0.97
const SIMILAR_NAME = 0.6

/**
 * How sure it is that two cards are one client. Two different valid ИНН veto everything else; one ИНН with two КПП is a branch.
 * A shared phone or e-mail with a similar name is likely; with another name, or a name and a city alone, a candidate.
 */
export function matchScore(a: MatchSide, b: MatchSide): Match {
  const byInn = matchByInn(a, b)
  if (byInn) return byInn
  const similarity = companySimilarity(parseCompanyName(a.name), parseCompanyName(b.name))
  const shared = sharedContacts(a, b)
  const reasons: MatchReason[] = [...shared]
  if (similarity >= SAME_NAME) reasons.push('same-name')
  else if (similarity >= SIMILAR_NAME) reasons.push('similar-name')
  const cities = compareCities(a.city, b.city)
  if (cities === 'same') reasons.push('same-city')
  return { score: grade(similarity, shared, cities), reasons }
}

function grade(
  similarity: number,
  shared: Set<MatchReason>,
  cities: 'same' | 'different' | 'unknown',
): Match['score'] {
  const strong = shared.size > 0 && !(shared.size === 1 && shared.has('shared-line'))
  if (strong) return similarity >= SIMILAR_NAME ? 'likely' : 'candidate'
  if (shared.size > 0 && similarity >= SIMILAR_NAME) return 'candidate'
  if (similarity >= SAME_NAME) return cities === 'different' ? 'none' : 'candidate'
  return similarity >= 0.8 && cities === 'same' ? 'candidate' : 'none'
}

function matchByInn(a: MatchSide, b: MatchSide): Match | null {
  const [left, right] = [validInn(a.inn), validInn(b.inn)]
  if (!left || !right) return null
  if (left !== right) return { score: 'none', reasons: ['different-inn'] }
  const branch = left.length === 10 && a.kpp && b.kpp && a.kpp !== b.kpp
  return branch ? { score: 'none', reasons: ['branch'] } : { score: 'same', reasons: ['same-inn'] }
}

function validInn(inn: string | null | undefined): string | null {
  if (!inn) return null
  const judged = judgeInn(inn)
  return judged.verdict === 'ok' || judged.verdict === 'fixed' ? judged.value : null
}

/** Kinds of evidence among contacts both have; what many clients share (8-800, info@) is only a shared line. */
function sharedContacts(a: MatchSide, b: MatchSide): Set<MatchReason> {
  const known = new Set((a.contacts ?? []).flatMap((contact) => keyOf(contact)?.key ?? []))
  const reasons = new Set<MatchReason>()
  for (const contact of b.contacts ?? []) {
    const key = keyOf(contact)
    if (!key || !known.has(key.key)) continue
    const reason = REASON_OF[contact.kind]
    if (key.weak) reasons.add('shared-line')
    else if (reason) reasons.add(reason)
  }
  return reasons
}

const REASON_OF: Partial<Record<ContactKind, MatchReason>> = {
  phone: 'same-phone',
  email: 'same-email',
  messenger: 'same-messenger',
}

function keyOf(contact: NonNullable<MatchSide['contacts']>[number]) {
  if (contact.kind === 'address' || contact.kind === 'other') return null
  return matchKey({ ...contact, extension: contact.extension ?? null })
}

function compareCities(
  a: string | null | undefined,
  b: string | null | undefined,
): 'same' | 'different' | 'unknown' {
  const [left, right] = [cityKey(a), cityKey(b)]
  if (left === '' || right === '') return 'unknown'
  return left === right ? 'same' : 'different'
}

function cityKey(city: string | null | undefined): string {
  return fold(city ?? '').replace(/^(?:г|гор|город) | (?:г|город)$/g, '')
}
