import { z } from 'zod'
import { Client } from '#features/clients/contract.ts'
import { ClientFilter } from '#features/clients/filter.ts'
import { endpoint, pageOf } from '#shared/endpoint.ts'

const id = z.object({ id: z.uuid() })
const moment = z.iso.datetime({ offset: true })

/** What is in the base or out of it, the comparison tells; a snapshot is of what was in it. */
export const SnapshotFilter = ClientFilter.omit({ archived: true })
export type SnapshotFilter = z.output<typeof SnapshotFilter>

/** Clients as of a moment beside what they are now, for an hour; read-only, its maker's alone. */
export const Snapshot = z.object({
  id: z.uuid(),
  at: z.string(),
  filter: z.record(z.string(), z.unknown()),
  status: z.enum(['making', 'ready', 'failed']),
  /** Why it failed: one sentence in the caller's language. */
  problem: z.string().nullable(),
  jobId: z.uuid().nullable(),
  /** `clients`: how many there were then; null until it is ready. */
  counts: z
    .object({
      clients: z.number().int(),
      changed: z.number().int(),
      gone: z.number().int(),
      appeared: z.number().int(),
    })
    .nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
})
export type Snapshot = z.output<typeof Snapshot>

/** What has become of a client since: nothing, other values, the archive; or it was not there yet. */
export const Change = z.enum(['same', 'changed', 'gone', 'appeared'])
export type Change = z.output<typeof Change>

export const SnapshotClient = z.object({
  id: z.uuid(),
  change: Change,
  /** As it was; null where it was not there. */
  was: Client.nullable(),
  /** As it is; null where nothing has changed. */
  now: Client.nullable(),
})
export type SnapshotClient = z.output<typeof SnapshotClient>

export const clientAsOf = endpoint({
  method: 'GET',
  reads: 'card',
  path: '/clients/:id/as-of',
  summary: 'A client as it was at a moment; 404 where it was not there yet, 422 before the journal begins',
  input: id.extend({ at: moment }),
  output: Client,
})
export const restoreClientAsOf = endpoint({
  method: 'POST',
  path: '/clients/:id/as-of/restorations',
  summary: 'Makes a client what it was at a moment, under the rights of the caller, as one change-set',
  input: id.extend({ at: moment }),
  output: z.object({
    changeSetId: z.uuid(),
    /** Its owner of that time stays away: the caller may not hand it over, or he has left. */
    ownerKept: z.boolean(),
  }),
})
export const createSnapshot = endpoint({
  method: 'POST',
  path: '/snapshots',
  summary: 'Makes a snapshot of what the caller may see now as it was at a moment, as a job; kept an hour',
  status: 202,
  input: z.object({ at: moment, filter: SnapshotFilter.default({}) }),
  output: z.object({ id: z.uuid(), jobId: z.uuid() }),
})
export const listSnapshots = endpoint({
  method: 'GET',
  path: '/snapshots',
  summary: "The caller's snapshots that are still kept, the newest first",
  input: z.object({}),
  output: z.array(Snapshot),
})
export const getSnapshot = endpoint({
  method: 'GET',
  path: '/snapshots/:id',
  summary: 'A snapshot: whether it is ready and what it came to',
  input: id,
  output: Snapshot,
})
export const listSnapshotClients = endpoint({
  method: 'GET',
  reads: 'list',
  path: '/snapshots/:id/clients',
  summary: 'Clients of a snapshot by their names then: what was beside what is',
  input: id.extend({
    /** Without it: the list as it was, what has appeared since left out. */
    change: Change.optional(),
    cursor: z.coerce.number().int().min(0).optional(),
    limit: z.coerce.number().int().min(1).max(300).default(50),
  }),
  output: pageOf(SnapshotClient),
})
export const restoreSnapshot = endpoint({
  method: 'POST',
  path: '/snapshots/:id/restorations',
  summary:
    'Makes clients what they were, as a job and one change-set: those given, else all that changed or went to the archive. One that was not there then goes to the archive, only if given. Result: changeSetId, counts { restored, hidden, ownersKept }',
  status: 202,
  input: id.extend({ clientIds: z.array(z.uuid()).min(1).max(10_000).optional() }),
  output: z.object({ jobId: z.uuid() }),
})
