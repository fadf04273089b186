import type { Contact, ContactDraft } from '#features/clients/contract.ts'
import type { Whose } from './ConflictForm.tsx'

const entered = ['kind', 'value', 'label', 'note'] as const

/**
 * What is saved of a contact that others changed while its form was open: what the person left alone is as they made it, what both
 * changed is asked. Removed meanwhile, it is entered anew: nobody's typing is lost.
 * @param opened the contact when the form was opened; `now` as it is
 * @param ask whose value stays; only called where both changed the same
 */
export async function settleContact(
  opened: Contact,
  now: Contact | undefined,
  draft: ContactDraft,
  ask: (now: Contact, draft: ContactDraft) => Promise<Whose>,
): Promise<ContactDraft> {
  if (!now) return { ...draft, id: undefined }
  const touched = entered.filter((field) => (draft[field] ?? null) !== (opened[field] ?? null))
  const fought = touched.filter(
    (field) => now[field] !== opened[field] && (now[field] ?? null) !== (draft[field] ?? null),
  )
  const whose = fought.length > 0 ? await ask(now, draft) : 'mine'
  const kept = entered.map((field) => {
    if (!touched.includes(field)) return [field, now[field]]
    if (!fought.includes(field) || whose === 'mine') return [field, draft[field]]
    return [field, (whose === 'theirs' ? now : opened)[field]]
  })
  return { ...draft, primary: now.primary, doNotCall: now.doNotCall, ...Object.fromEntries(kept) }
}
