import { z } from 'zod'
import { endpoint, listOf, pageOf } from '#shared/endpoint.ts'

export const alarmKinds = ['canary.exported', 'canary.written', 'canary.changed', 'reading.unusual'] as const
export type AlarmKind = (typeof alarmKinds)[number]

export const Alarm = z.object({
  id: z.uuid(),
  /** A kind of a later version is shown by its own name. */
  kind: z.string(),
  /** Whose doing it was; null: nobody's that is known. */
  userId: z.uuid().nullable(),
  client: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** By kind: how many rows, of what, by which filter. */
  details: z.record(z.string(), z.unknown()),
  /** How many times within the hour, before anybody looked. */
  times: z.number().int(),
  createdAt: z.string(),
  seenAt: z.string().nullable(),
  seenBy: z.uuid().nullable(),
})
export type Alarm = z.output<typeof Alarm>

export const listAlarms = endpoint({
  method: 'GET',
  path: '/alarms',
  summary: 'Alarms, the latest first; for heads',
  input: z.object({
    kind: listOf(z.string().max(60)).optional(),
    user: listOf(z.uuid()).optional(),
    seen: z.stringbool().or(z.boolean()).optional(),
    cursor: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: pageOf(Alarm),
})

export const countAlarms = endpoint({
  method: 'GET',
  path: '/alarms/count',
  summary: 'How many alarms no head has looked at',
  output: z.object({ unseen: z.number().int() }),
})

export const seeAlarms = endpoint({
  method: 'PUT',
  path: '/alarms/seen',
  summary: 'Says that these alarms, or all up to one of them (`until`), have been looked at',
  input: z
    .object({ ids: z.array(z.uuid()).min(1).max(200).optional(), until: z.uuid().optional() })
    .refine(({ ids, until }) => (ids === undefined) !== (until === undefined), {
      error: 'ids or until',
      path: ['ids'],
    }),
  output: z.object({ seen: z.number().int() }),
})
