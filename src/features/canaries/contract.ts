import { z } from 'zod'
import { endpoint } from '#shared/endpoint.ts'

/** A client that is there to be noticed. To who is no head it looks like any other. */
export const Canary = z.object({
  client: z.object({ id: z.uuid(), name: z.string(), archived: z.boolean() }),
  ownerId: z.uuid().nullable(),
  /** Generated; else a client chosen by hand. */
  made: z.boolean(),
  createdAt: z.string(),
  createdBy: z.uuid(),
  alarms: z.number().int(),
})
export type Canary = z.output<typeof Canary>

export const listCanaries = endpoint({
  method: 'GET',
  path: '/canaries',
  summary: 'Canary clients, for heads',
  input: z.object({ client: z.uuid().optional() }),
  output: z.array(Canary),
})

export const makeCanaries = endpoint({
  method: 'POST',
  path: '/canaries',
  summary:
    'Makes a plausible client for each of these people (default: everybody who works with clients and has none), with an address or telephone of the head’s own',
  status: 201,
  input: z.object({
    userIds: z.array(z.uuid()).max(500).optional(),
    /** Its letters reach the head; each client gets an address of its own, `name+word@host`. */
    email: z.email().max(200).optional(),
    /** Each client gets an extension of its own. */
    phone: z.string().trim().max(60).optional(),
  }),
  output: z.array(Canary),
})

export const markCanary = endpoint({
  method: 'PUT',
  path: '/clients/:id/canary',
  summary: 'Makes a canary of a client there is',
  input: z.object({ id: z.uuid() }),
})
export const unmarkCanary = endpoint({
  method: 'DELETE',
  path: '/clients/:id/canary',
  summary: 'The client is a client like any other again',
  input: z.object({ id: z.uuid() }),
})
