import { z } from 'zod'
import { endpoint, pageOf } from '#shared/endpoint.ts'

const instant = z.string()

/** What a job that makes a file puts under `file` of its result; the download is named and typed by it. */
export const JobFile = z.object({ name: z.string(), mediaType: z.string() })
export type JobFile = z.output<typeof JobFile>

/** Long work a person asked for. */
export const Job = z.object({
  id: z.uuid(),
  kind: z.string(),
  status: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  /** How far it is, in the unit of its kind (rows, clients); `total` null: not known yet. */
  done: z.number().int(),
  total: z.number().int().nullable(),
  /** What it came to, by its kind; with `file` ({ name, mediaType }) where it made one. */
  result: z.record(z.string(), z.unknown()).nullable(),
  /** Why it failed: one sentence in the caller's language. */
  problem: z.string().nullable(),
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
})
export type Job = z.output<typeof Job>

const id = z.object({ id: z.uuid() })

export const listJobs = endpoint({
  method: 'GET',
  path: '/jobs',
  summary: 'Own long work, the newest first',
  input: z.object({
    kind: z.string().max(60).optional(),
    cursor: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: pageOf(Job),
})
export const getJob = endpoint({
  method: 'GET',
  path: '/jobs/:id',
  summary: 'One piece of long work',
  input: id,
  output: Job,
})
export const cancelJob = endpoint({
  method: 'POST',
  path: '/jobs/:id/cancellation',
  summary: 'Asks long work to stop; what has ended stays as it is',
  input: id,
  output: Job,
})
export const getJobOutput = endpoint({
  method: 'GET',
  path: '/jobs/:id/output',
  summary: 'The file a job made',
  input: id,
  output: z.unknown(),
})
