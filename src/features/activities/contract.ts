import { z } from 'zod'
import { endpoint, listOf, pageOf } from '#shared/endpoint.ts'
import { Repeat, RepeatDraft } from './recurrence.ts'

export const activityKinds = ['call', 'meeting', 'letter', 'task', 'note'] as const
export const ActivityKind = z.enum(activityKinds)
export type ActivityKind = z.output<typeof ActivityKind>

/** A moment with its zone: `2026-03-09T11:00:00Z`, `2026-03-09T14:00:00+03:00`. Midnight of the company's zone means the whole day. */
const moment = z.iso.datetime({ offset: true })
const momentOrDay = z.union([moment, z.iso.date()])
const text = z.string().trim().max(20_000)
const result = text.transform((given) => (given === '' ? null : given)).nullable()
const outcome = z
  .string()
  .trim()
  .max(100)
  .transform((given) => (given === '' ? null : given))
  .nullable()

/** One move of an open plan from a due moment to another. */
export const Move = z.object({
  at: z.string(),
  by: z.uuid().nullable(),
  from: z.string(),
  to: z.string(),
})

/** What happened or is to happen with a client: a note, or a plan entry (`dueAt`; `doneAt` when done, `cancelledAt` when called off). */
export const Activity = z.object({
  id: z.uuid(),
  version: z.number().int(),
  clientId: z.uuid().nullable(),
  clientName: z.string().nullable(),
  personId: z.uuid().nullable(),
  personName: z.string().nullable(),
  /** The phone, e-mail … used or to be used. */
  contactId: z.uuid().nullable(),
  /** That contact as it read when the entry was written. */
  contact: z.string().nullable(),
  /** The clock the client lives by, as far as it is known: callbacks are shown in it too. */
  clientTimeZone: z.string().nullable(),
  /** Whose entry it is: who did it or is to do it. */
  userId: z.uuid(),
  kind: ActivityKind,
  text: z.string(),
  dueAt: z.string().nullable(),
  doneAt: z.string().nullable(),
  result: z.string().nullable(),
  /** A choice of field `outcome`; whether it meant that somebody answered, the dictionary says: `reached`. */
  outcome: z.string().nullable(),
  reached: z.boolean().nullable(),
  cancelledAt: z.string().nullable(),
  cancelReason: z.string().nullable(),
  /** When it was due before its first move; null where it was never moved. */
  firstDueAt: z.string().nullable(),
  moves: z.array(Move),
  /** Minutes before `dueAt`; negative for a whole day: -540 is nine in the morning. */
  remindBefore: z.array(z.number().int()),
  repeat: Repeat.nullable(),
  seriesId: z.uuid().nullable(),
  occurrence: z.number().int().nullable(),
  /** Who entered, did or cancelled it standing in for `actedFor`; null where nobody stood in. */
  actedBy: z.uuid().nullable(),
  actedFor: z.uuid().nullable(),
  /** The moment it stands at in a timeline: done, else cancelled, else due, else entered. */
  at: z.string(),
  createdAt: z.string(),
  createdBy: z.uuid().nullable(),
  updatedAt: z.string(),
  updatedBy: z.uuid().nullable(),
})
export type Activity = z.output<typeof Activity>

const fields = z.object({
  /** Without a client the entry is its person's alone. */
  clientId: z.uuid().nullable(),
  personId: z.uuid().nullable(),
  contactId: z.uuid().nullable(),
  userId: z.uuid(),
  kind: ActivityKind,
  text,
  dueAt: moment.nullable(),
  doneAt: moment.nullable(),
  result,
  outcome,
  remindBefore: z.array(z.number().int().min(-1440).max(43_200)).max(5),
  /** A plan with a due date may repeat; null: no more. */
  repeat: RepeatDraft.nullable(),
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
  /** true: plans neither done nor cancelled, the earliest first. false: everything else. Absent: all, the latest first. */
  open: z.stringbool().or(z.boolean()).optional(),
  kind: listOf(ActivityKind).optional(),
  /** true: with an hour of the day, not for a whole day of the company. */
  timed: z.stringbool().or(z.boolean()).optional(),
})
export type ActivityFilter = z.output<typeof ActivityFilter>

const id = z.object({ id: z.uuid() })

export const listActivities = endpoint({
  method: 'GET',
  reads: 'list',
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
  reads: 'list',
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
/** Of a plan that repeats: when the next occurrence is due; null where there is none. */
const Ended = Activity.extend({ nextDueAt: z.string().nullable() })

export const completeActivity = endpoint({
  method: 'POST',
  path: '/activities/:id/completion',
  summary: 'Marks an entry as done, with an outcome and a result; the next of a series is entered',
  input: id.extend({
    doneAt: moment.optional(),
    result: result.optional(),
    outcome: outcome.optional(),
    contactId: z.uuid().nullish(),
  }),
  output: Ended,
})
export const reopenActivity = endpoint({
  method: 'DELETE',
  path: '/activities/:id/completion',
  summary: 'Takes «done» back; the next of the series goes if nobody has touched it',
  input: id,
  output: Activity,
})
export const cancelActivity = endpoint({
  method: 'POST',
  path: '/activities/:id/cancellation',
  summary: 'Calls an open plan off; it stays to be seen. `series`: and all that would follow',
  input: id.extend({
    reason: z
      .string()
      .trim()
      .max(2000)
      .transform((given) => (given === '' ? null : given))
      .nullish(),
    series: z.boolean().optional(),
  }),
  output: Ended,
})
export const uncancelActivity = endpoint({
  method: 'DELETE',
  path: '/activities/:id/cancellation',
  summary: 'Puts a cancelled entry back into the plan; the next of the series goes if nobody has touched it',
  input: id,
  output: Activity,
})
export const moveActivity = endpoint({
  method: 'POST',
  path: '/activities/:id/moves',
  summary:
    'Moves an open plan to another moment; the first due date and every move are kept. `series`: all that follow move with it',
  input: id.extend({ dueAt: moment, series: z.boolean().optional() }),
  output: Activity,
})

/** One bell of a plan, rung for its person. */
export const Reminder = z.object({
  id: z.uuid(),
  remindAt: z.string(),
  activity: Activity,
})
export const listReminders = endpoint({
  method: 'GET',
  path: '/reminders',
  summary: "The caller's reminders that have come and were not seen yet, the earliest first",
  input: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
  output: z.array(Reminder),
})
export const snoozeReminder = endpoint({
  method: 'PATCH',
  path: '/reminders/:id',
  summary: 'Puts a reminder off',
  input: id.extend({ minutes: z.number().int().min(1).max(10_080) }),
  output: z.object({ id: z.uuid(), remindAt: z.string() }),
})
export const dismissReminder = endpoint({
  method: 'DELETE',
  path: '/reminders/:id',
  summary: 'A reminder has been seen',
  input: id,
})
