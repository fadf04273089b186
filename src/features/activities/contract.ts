import { z } from 'zod'
import { endpoint, listOf, pageOf } from '#shared/endpoint.ts'

export const activityKinds = ['call', 'meeting', 'letter', 'task', 'note'] as const
export const ActivityKind = z.enum(activityKinds)
export type ActivityKind = z.output<typeof ActivityKind>

/** A moment with its zone: `2026-03-09T11:00:00Z`, `2026-03-09T14:00:00+03:00`. Midnight of the company's zone means the whole day. */
const moment = z.iso.datetime({ offset: true })
const momentOrDay = z.union([moment, z.iso.date()])
const text = z.string().trim().max(20_000)
const result = text.transform((given) => (given === '' ? null : given)).nullable()

/** What happened or is to happen with a client: a note, or a plan entry (`dueAt`; `doneAt` when done). */
export const Activity = z.object({
  id: z.uuid(),
  version: z.number().int(),
  clientId: z.uuid().nullable(),
  clientName: z.string().nullable(),
  personId: z.uuid().nullable(),
  personName: z.string().nullable(),
  /** Whose entry it is: who did it or is to do it. */
  userId: z.uuid(),
  kind: ActivityKind,
  text: z.string(),
  dueAt: z.string().nullable(),
  doneAt: z.string().nullable(),
  result: z.string().nullable(),
  /** The moment it stands at in a timeline: done, else due, else entered. */
  at: z.string(),
  createdAt: z.string(),
  createdBy: z.uuid().nullable(),
  updatedAt: z.string(),
})
export type Activity = z.output<typeof Activity>

const fields = z.object({
  /** Without a client the entry is its person's alone. */
  clientId: z.uuid().nullable(),
  personId: z.uuid().nullable(),
  userId: z.uuid(),
  kind: ActivityKind,
  text,
  dueAt: moment.nullable(),
  doneAt: moment.nullable(),
  result,
})

export const ActivityDraft = fields.partial().required({ kind: true })
export type ActivityDraft = z.output<typeof ActivityDraft>

export const ActivityPatch = fields.partial()
export type ActivityPatch = z.output<typeof ActivityPatch>

export const ActivityFilter = z.object({
  client: z.uuid().optional(),
  /** User ids, or `me`. */
  user: listOf(z.union([z.literal('me'), z.uuid()])).optional(),
  /** From this moment on, or from this day of the company's zone … */
  from: momentOrDay.optional(),
  /** … to this moment, itself not included, or to this day, itself included. Both are about `at`; of open plans, about `dueAt`. */
  to: momentOrDay.optional(),
  /** true: plans not done yet, the earliest first. false: everything else. Absent: all, the latest first. */
  open: z.stringbool().or(z.boolean()).optional(),
  kind: listOf(ActivityKind).optional(),
})
export type ActivityFilter = z.output<typeof ActivityFilter>

const id = z.object({ id: z.uuid() })

export const listActivities = endpoint({
  method: 'GET',
  path: '/activities',
  summary:
    'Notes and plan entries the caller may see, page by page: the latest first; open plans the earliest first',
  input: ActivityFilter.extend({
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  output: pageOf(Activity),
})
export const getActivity = endpoint({
  method: 'GET',
  path: '/activities/:id',
  summary: 'One entry',
  input: id,
  output: Activity,
})
export const createActivity = endpoint({
  method: 'POST',
  path: '/activities',
  summary: 'Enters a note or a plan; without `userId` for the caller himself',
  status: 201,
  input: ActivityDraft,
  output: Activity,
})
export const updateActivity = endpoint({
  method: 'PATCH',
  path: '/activities/:id',
  summary: 'Changes fields; 409 only where a field of this PATCH changed after `version`',
  input: ActivityPatch.extend({ id: z.uuid(), version: z.number().int() }),
  output: Activity,
})
export const deleteActivity = endpoint({
  method: 'DELETE',
  path: '/activities/:id',
  summary: 'Deletes an entry: its author, its person, a head',
  input: id,
  output: z.object({ changeSetId: z.uuid() }),
})
export const restoreActivity = endpoint({
  method: 'POST',
  path: '/activities/:id/restoration',
  summary: "Brings a deleted entry back as it was; `changeSetId` is the deletion's",
  input: id.extend({ changeSetId: z.uuid() }),
  output: Activity,
})
export const completeActivity = endpoint({
  method: 'POST',
  path: '/activities/:id/completion',
  summary: 'Marks an entry as done, with a result',
  input: id.extend({ doneAt: moment.optional(), result: result.optional() }),
  output: Activity,
})
export const reopenActivity = endpoint({
  method: 'DELETE',
  path: '/activities/:id/completion',
  summary: 'Takes «done» back',
  input: id,
  output: Activity,
})
