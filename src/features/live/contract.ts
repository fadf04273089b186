import { z } from 'zod'
import { endpoint } from '#shared/endpoint.ts'

/** What a stream tells of an act as a default `message` event; the event's id is the position to go on from. */
export const LiveChange = z.object({
  changeSetId: z.uuid(),
  /** A client with its people, contacts and accounts is one `clients`. */
  entity: z.enum(['clients', 'activities', 'files']),
  /** Null: an act of many rows; whatever is shown may be old. */
  id: z.uuid().nullable(),
  /** The version now; null where the row is gone or has none. */
  version: z.number().int().nullable(),
  clientId: z.uuid().nullable(),
  /** The caller saw the client before and no longer does. */
  gone: z.literal(true).optional(),
})
export type LiveChange = z.output<typeof LiveChange>

/** Who is in a client's card or cells now, as an event `presence`; the caller himself among them. */
export const ClientPresence = z.object({
  clientId: z.uuid(),
  people: z.array(z.object({ userId: z.uuid(), field: z.string().nullable() })),
})
export type ClientPresence = z.output<typeof ClientPresence>

export const openStream = endpoint({
  method: 'GET',
  path: '/stream',
  summary:
    'Changes the caller may see as Server-Sent Events { changeSetId, entity, id, version, clientId }, his own acts included; resumed by Last-Event-ID; `reload`: too far behind; `presence`: who is where',
  input: z.object({
    /** For programs that cannot set the header. */
    lastEventId: z.string().max(4_000).optional(),
    /** Without an event id: begins that many seconds ago. */
    lookback: z.coerce.number().min(0).max(60).default(0),
  }),
  output: z.any(),
  stream: true,
})

export const putPresence = endpoint({
  method: 'PUT',
  path: '/presence',
  summary: 'Says that the caller is in a client’s card or in one of its fields; holds for twenty seconds',
  input: z.object({
    clientId: z.uuid(),
    field: z
      .string()
      .regex(/^[\w.]{1,60}$/)
      .nullable()
      .default(null),
    /** He has left. */
    left: z.boolean().default(false),
  }),
})
