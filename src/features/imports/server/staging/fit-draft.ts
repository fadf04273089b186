import type { DraftClient, DraftContact } from '#features/imports/server/reading/draft.ts'
import { parseDay } from '#shared/days.ts'
import { parseFlag } from '#features/imports/server/reading/cell-flags.ts'
import { joinLines } from '#features/imports/server/reading/row-people.ts'
import { fold } from '#shared/text.ts'
import type { CustomField, StageContext } from './stage-context.ts'

const LINE = 500
const VALUE = 1000
const COMMENT = 20_000

/**
 * A draft by the company's dictionaries and the base's limits: labels and choices under their own names, the head's own fields by
 * their types. What does not fit goes to the comment in words. Changes the draft.
 */
export function fitDraft(draft: DraftClient, context: StageContext): DraftClient {
  const beside: (string | null)[] = []
  draft.source = choiceOf('source', draft.source, context)
  draft.stage = choiceOf('stage', draft.stage, context)
  draft.region = choiceOf('region', draft.region, context)
  draft.categories = draft.categories.map((name) => choiceOf('category', name, context)!)
  if (draft.headClient !== null) beside.push(`Головная организация: ${draft.headClient}`)
  fitCustom(draft, context, beside)
  fitContacts(draft.contacts, context, beside)
  for (const person of draft.people) {
    person.name = person.name.slice(0, LINE)
    person.role = choiceOf('person-role', cut(person.role), context)
    person.position = cut(person.position)
    person.comment = person.comment?.slice(0, 5000) ?? null
    fitContacts(person.contacts, context, beside)
  }
  draft.comment = joinLines(draft.comment, ...beside)?.slice(0, COMMENT) ?? null
  return draft
}

const cut = (text: string | null) => (text === null ? null : text.slice(0, LINE))

function choiceOf(field: string, name: string | null, { choices }: StageContext): string | null {
  return name === null || choices.size === 0 ? name : (choices.get(`${field} ${fold(name)}`) ?? name)
}

function fitContacts(contacts: DraftContact[], { labels }: StageContext, beside: (string | null)[]) {
  for (const contact of contacts) {
    if (contact.label !== null) {
      const label = contact.label.slice(0, LINE)
      contact.label = labels.get(`${contact.kind} ${fold(label)}`) ?? label
    }
    contact.note = cut(contact.note)
    if (contact.value.length > VALUE) {
      beside.push(contact.value)
      contact.value = contact.value.slice(0, VALUE)
    }
  }
}

function fitCustom(draft: DraftClient, { customFields }: StageContext, beside: (string | null)[]) {
  const fitted: Record<string, unknown> = {}
  for (const [key, text] of Object.entries(draft.custom)) {
    const field = customFields.find((known) => known.key === key)
    const value = field ? typed(field, text) : null
    if (value === null) beside.push(`${field?.title ?? key}: ${text}`)
    else fitted[key] = value
  }
  draft.custom = fitted as Record<string, string>
}

function typed(field: CustomField, text: string): string | number | boolean | null {
  switch (field.type) {
    case 'number': {
      const number = Number(text.replace(/\s/g, '').replace(',', '.'))
      return text.trim() === '' || !Number.isFinite(number) ? null : number
    }
    case 'flag':
      return parseFlag(text)
    case 'date':
      return parseDay(text)
    case 'choice':
      return field.options.find((option) => fold(option) === fold(text)) ?? null
    default:
      return text.length <= 2000 ? text : null
  }
}
