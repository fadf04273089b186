import { z } from 'zod'
import { ClientFilter } from '#features/clients/filter.ts'
import { endpoint, pageOf } from '#shared/endpoint.ts'

/** Of what the filter finds (`ids`: these clients, picked by hand) among what no earlier part took: all, or about this share of it, the same clients every time. */
export const HandoverPart = z.object({
  toId: z.uuid(),
  filter: ClientFilter.default({}),
  share: z.number().gt(0).max(1).optional(),
})
export type HandoverPart = z.output<typeof HandoverPart>

const plan = z.object({ fromId: z.uuid(), parts: z.array(HandoverPart).max(50) })

/** Clients of his own (archived ones too), clients shared with him, open entries of both. */
const Portion = z.object({ clients: z.number().int(), shared: z.number().int(), plan: z.number().int() })

export const previewHandover = endpoint({
  method: 'POST',
  path: '/handovers/previews',
  summary: 'What a person holds, and what each part of a handover would take; writes nothing',
  input: plan,
  output: z.object({
    holds: Portion.extend({
      imports: z.number().int(),
      views: z.number().int(),
      sessions: z.number().int(),
      tokens: z.number().int(),
      jobs: z.number().int(),
      /** Files he put on cards: they stay with the clients. */
      files: z.number().int(),
      /** Requests to export that wait for an answer or hold still. */
      requests: z.number().int(),
      /** Absences he stands in for, now or later. */
      standsIn: z.number().int(),
      /** Whether new clients are given to him by the rule. */
      distribution: z.boolean(),
      /** Alarms of his doing nobody has looked at; null for who sees no alarms. */
      alarms: z.number().int().nullable(),
    }),
    parts: z.array(Portion),
    /** What no part takes. */
    rest: Portion,
  }),
})

export const Handover = z.object({
  id: z.uuid(),
  fromId: z.uuid(),
  dismissed: z.boolean(),
  changeSetId: z.uuid(),
  counts: z.object({
    clients: z.number().int(),
    shared: z.number().int(),
    plan: z.number().int(),
    rest: z.number().int(),
    sessions: z.number().int(),
    tokens: z.number().int(),
    jobs: z.number().int(),
  }),
  successors: z.array(z.object({ toId: z.uuid().nullable(), clients: z.number().int() })),
  createdAt: z.string(),
  createdBy: z.uuid(),
  reversedAt: z.string().nullable(),
  /** Whether it can still be taken back: for 30 days, by who made it or a head. */
  mayReverse: z.boolean(),
})
export type Handover = z.output<typeof Handover>

export const handOver = endpoint({
  method: 'POST',
  path: '/handovers',
  summary:
    'Hands a person’s clients over, the first matching part takes a client; `dismiss` ends his access in the same transaction, and what no part takes is nobody’s then',
  status: 201,
  input: plan.extend({ dismiss: z.boolean().default(false) }),
  output: Handover,
})
export const listHandovers = endpoint({
  method: 'GET',
  path: '/handovers',
  summary: 'Handovers, the latest first',
  input: z.object({
    cursor: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: pageOf(Handover),
})
export const getHandover = endpoint({
  method: 'GET',
  path: '/handovers/:id',
  summary: 'One handover',
  input: z.object({ id: z.uuid() }),
  output: Handover,
})
export const reverseHandover = endpoint({
  method: 'POST',
  path: '/handovers/:id/reversal',
  summary:
    'Takes a handover back within 30 days: what nobody has changed since goes back, a dismissed person may sign in again',
  input: z.object({ id: z.uuid() }),
  output: z.object({
    handover: Handover,
    counts: z.object({ restored: z.number().int(), kept: z.number().int(), hidden: z.number().int() }),
  }),
})
