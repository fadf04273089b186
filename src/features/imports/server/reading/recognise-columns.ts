import type { MappingColumn, Target } from '#features/imports/mapping.ts'
import { type ColumnContent, describeContent } from './column-content.ts'
import type { Header } from './find-header.ts'
import { type HeaderMatch, isBlankedOut, matchHeader } from './match-header.ts'
import type { Row } from './table.ts'

/** A column on its way to a proposal. */
export interface Column extends MappingColumn {
  content: ColumnContent
  match: HeaderMatch | 'ignored' | null
}

/** What every column is by its header, checked against its content, and by content alone where the header says nothing. */
export function recogniseColumns(header: Header, rows: Row[]): Column[] {
  const width = Math.max(header.titles.length, ...rows.map((row) => row.cells.length), 0)
  const columns: Column[] = []
  for (let index = 0; index < width; index++) {
    const title = header.titles[index] ?? ''
    const match = matchHeader(title)
    const content = describeContent(rows.map((row) => row.cells[index] ?? ''))
    columns.push({
      index,
      header: title,
      match,
      content,
      target: null,
      label: null,
      of: 'client',
      person: 0,
      confidence: 0,
      ...decide(match, content, !isBlankedOut(title)),
    })
  }
  return columns
}

type Decision = Partial<Pick<Column, 'target' | 'label' | 'of' | 'confidence'>>

function decide(match: Column['match'], content: ColumnContent, titled: boolean): Decision {
  if (match === 'ignored') return {}
  if (match === null) return byContent(content, titled)
  const other = contradicted(match, content)
  if (other === undefined) return {}
  if (other !== null) return { target: other, confidence: 0.7 }
  const { target, label = null, of, confidence } = match
  return { target, label, of: of ?? 'client', confidence }
}

/** null: the content bears the header out; a target: it is that instead; undefined: it is neither. */
function contradicted(match: HeaderMatch, { filled, share }: ColumnContent): Target | null | undefined {
  if (filled === 0) return null
  const { target } = match
  const broad = [
    'name',
    'person.name',
    'contacts',
    'phone',
    'email',
    'website',
    'address',
    'other',
    'comment',
    'externalCode',
  ]
  if (broad.includes(target)) {
    if (share.email > 0.6 && share.phone > 0.3) return 'contacts'
    if (share.email > 0.6 && target !== 'email') return target === 'contacts' ? 'contacts' : 'email'
    if (
      share.phone > 0.6 &&
      share.date < 0.3 &&
      share.words < 0.5 &&
      !['phone', 'contacts', 'externalCode'].includes(target)
    )
      return 'phone'
  }
  if (target === 'phone' && filled > 2 && share.digits < 0.2)
    return share.email > 0.2 ? 'contacts' : undefined
  if (target === 'contacts' && filled > 2 && share.digits < 0.2 && share.email < 0.2) return undefined
  if (target === 'email' && filled > 2 && share.email < 0.1) return share.address > 0.3 ? 'address' : null
  if (target === 'createdAt' || target === 'person.birthday') return share.date >= 0.3 ? null : undefined
  if (target === 'account' && match.confidence < 1 && share.account < 0.5) return undefined
  if (target === 'externalCode' && share.inn > 0.8) return 'inn'
  if (/^(?:name|person\.name)$/.test(target) && filled > 2 && share.number > 0.8) return undefined
  // «ООО Ромашка - 8 (495) … - Анна»: a list of sentences, which a person has to part.
  if (target === 'name' && filled > 2 && share.nameAndPhone > 0.6) return undefined
  return null
}

/** Without a header a column is what most of its cells look like; below a header nobody knows only what is unmistakable. */
function byContent({ filled, share }: ColumnContent, titled: boolean): Decision {
  if (filled === 0) return {}
  const strict = titled ? 0.25 : 0
  const rules: [Target, number, number][] = [
    ['email', share.email, 0.5],
    ['account', share.account, 0.6],
    ['ogrn', share.ogrn, 0.6],
    ['inn', share.inn, 0.6],
    ['bic', share.bic, 0.8],
    ['kpp', share.kpp, 0.9],
    ['phone', share.date > 0.3 ? 0 : share.phone, 0.55],
    ['website', titled ? 0 : share.website, 0.5],
    ['address', share.address, 0.45],
  ]
  for (const [target, seen, needed] of rules) {
    if (seen >= Math.min(1, needed + strict)) return { target, confidence: 0.5 * seen }
  }
  return {}
}
