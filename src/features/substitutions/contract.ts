import { z } from 'zod'
import { Activity } from '#features/activities/contract.ts'
import { ClientFilter } from '#features/clients/filter.ts'
import { endpoint, listOf } from '#shared/endpoint.ts'

const moment = z.iso.datetime({ offset: true })

export const Substitution = z.object({
  id: z.uuid(),
  absentId: z.uuid(),
  /** Nobody: an absence that nobody stands in for. */
  deputyIds: z.array(z.uuid()),
  from: z.string(),
  to: z.string(),
  mode: z.enum(['full', 'read']),
  /** Which of the clients; null: all. Either way those who come to be of them meanwhile too; of `search`, those it found on the day. */
  filter: ClientFilter.nullable(),
  note: z.string().nullable(),
  createdBy: z.uuid(),
  status: z.enum(['coming', 'running', 'over']),
  /** Not over, and nobody stands in: nobody was named, or all who were are dismissed or away themselves on some of the days. */
  unattended: z.boolean(),
})
export type Substitution = z.output<typeof Substitution>

const draft = {
  deputyIds: z.array(z.uuid()).max(20),
  from: moment,
  to: moment,
  mode: z.enum(['full', 'read']),
  note: z
    .string()
    .trim()
    .max(2000)
    .nullish()
    .transform((text) => text || null),
}

export const setSubstitution = endpoint({
  method: 'POST',
  path: '/substitutions',
  summary: 'An absence and who stands in for it; takes effect and ends by itself',
  status: 201,
  input: z.object({
    absentId: z.uuid(),
    ...draft,
    mode: draft.mode.default('full'),
    filter: ClientFilter.nullish().transform((filter) => filter ?? null),
  }),
  output: Substitution,
})
export const listSubstitutions = endpoint({
  method: 'GET',
  path: '/substitutions',
  summary: 'Absences that touch a period; of a manager those that concern him',
  input: z.object({ from: moment.optional(), to: moment.optional(), user: listOf(z.uuid()).optional() }),
  output: z.array(Substitution),
})
export const patchSubstitution = endpoint({
  method: 'PATCH',
  path: '/substitutions/:id',
  summary: 'Changes days, deputies or mode; `to` of now ends it at once',
  input: z.object({
    id: z.uuid(),
    deputyIds: draft.deputyIds.optional(),
    from: draft.from.optional(),
    to: draft.to.optional(),
    mode: draft.mode.optional(),
    note: draft.note.optional(),
  }),
  output: Substitution,
})

/** What a deputy must know. */
export const getBrief = endpoint({
  method: 'GET',
  reads: 'list',
  path: '/substitutions/:id/brief',
  summary:
    'For who stands in: how many clients, the open plan till the end of the absence, the last talks, fresh files',
  input: z.object({ id: z.uuid() }),
  output: z.object({
    clients: z.number().int(),
    /** Overdue ones first; up to 200. */
    plan: z.array(Activity),
    planCount: z.number().int(),
    talks: z.array(Activity),
    files: z.array(
      z.object({
        id: z.uuid(),
        clientId: z.uuid(),
        clientName: z.string(),
        name: z.string(),
        createdAt: z.string(),
      }),
    ),
  }),
})

/** What was done in his place. */
export const getDigest = endpoint({
  method: 'GET',
  reads: 'list',
  path: '/substitutions/:id/digest',
  summary: 'For who returns: what others did on his behalf, and what is open now',
  input: z.object({ id: z.uuid() }),
  output: z.object({
    acts: z.array(
      z.object({
        changeSetId: z.uuid(),
        at: z.string(),
        authorId: z.uuid(),
        act: z.string(),
        clientId: z.uuid().nullable(),
        clientName: z.string().nullable(),
      }),
    ),
    actCount: z.number().int(),
    done: z.array(Activity),
    overdue: z.number().int(),
  }),
})

/** Why the caller sees a client. */
export const getVisibility = endpoint({
  method: 'GET',
  path: '/clients/:id/visibility',
  summary: 'Every reason for which the caller sees a client',
  input: z.object({ id: z.uuid() }),
  output: z.array(
    z.object({
      reason: z.enum(['all', 'owner', 'handed-over', 'team', 'shared', 'substitution']),
      /** Whose client it is, or whose seat it is. */
      userId: z.uuid().nullable(),
      until: z.string().nullable(),
    }),
  ),
})
