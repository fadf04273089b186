import { judgeContact, parseContacts } from '#shared/contacts.ts'
import type { ContactKind } from '#shared/verdict.ts'
import { CellRefusal, short } from './cell-refusal.ts'
import { contactColumn, isOf } from './cell-text.ts'
import type { ContactDraft } from './contract.ts'

/**
 * The client's own contacts with those of one column replaced by what its cell says now. A value that was there, also written otherwise,
 * stays that contact with its label, note and marks.
 * @throws CellRefusal
 */
export function withCell(
  drafts: readonly ContactDraft[],
  field: string,
  text: string,
  cityCode: string,
): ContactDraft[] {
  const column = contactColumn(field)!
  const isOfColumn = (draft: ContactDraft) => isOf(column, draft)
  const before = drafts.filter(isOfColumn)
  const same = before.find((draft) => draft.value === text.trim())
  const values = same ? [same] : valuesOf(before, column, text, cityCode)
  if (values.some(({ value }) => value.length > 1000)) short(text, 1000)
  if (drafts.length - before.length + values.length > 500)
    throw new CellRefusal(
      'У клиента не может быть больше 500 контактов.',
      'A client cannot have more than 500 contacts.',
    )
  // At the place of the first of its column, so that the others keep theirs.
  const start = before.length === 0 ? drafts.length : drafts.indexOf(before[0]!)
  const others = drafts.slice(start).filter((draft) => !isOfColumn(draft))
  return [...drafts.slice(0, start), ...values, ...others]
}

interface Read {
  draft: ContactDraft
  /** Of what is new in the cell. */
  normalized: string | null
}

function valuesOf(
  before: readonly ContactDraft[],
  { kind, label: asked }: { kind: ContactKind; label?: string },
  text: string,
  cityCode: string,
): ContactDraft[] {
  const context = { cityCode }
  const known = (part: string) => before.find((draft) => draft.value === part.trim())
  // A line break parts what is there already; in what is new it may belong to one address.
  const linesOf = (part: string) => (part.split('\n').some(known) ? part.split('\n') : [part])
  const read = text
    .split(';')
    .flatMap(linesOf)
    .flatMap((part): Read[] => {
      const draft = known(part)
      if (draft) return [{ draft, normalized: null }]
      return parseContacts(kind, part, context).map(({ value, label, note, normalized }) => ({
        draft: { kind, value, label: asked === undefined ? label : asked || null, note },
        normalized,
      }))
    })
  // A cell retyped by one value is that contact corrected, not another one.
  if (before.length === 1 && read.length === 1 && !read[0]!.draft.id)
    return [{ ...before[0]!, value: read[0]!.draft.value }]
  const kept = new Set(read.map(({ draft }) => draft).filter((draft) => before.includes(draft)))
  const values = read.map(({ draft, normalized }) => {
    const same =
      normalized !== null &&
      before.find(
        (other) => !kept.has(other) && judgeContact(kind, other.value, context).normalized === normalized,
      )
    if (!same) return draft
    kept.add(same)
    return { ...same, value: draft.value }
  })
  return [...new Set(values)]
}
