import { z } from 'zod'
import { endpoint, listOf, pageOf } from '#shared/endpoint.ts'

/** One act of one person, as the journal tells it. */
export const ChangeSet = z.object({
  id: z.uuid(),
  at: z.string(),
  authorId: z.uuid(),
  /** `<noun>.<verb>`: client.update, import.apply, export … */
  act: z.string(),
  /** What the act says of itself: a file's name, what was exported. */
  details: z.record(z.string(), z.unknown()),
  /** Changed rows the caller may see now; counted up to 1,000. */
  rows: z.number().int(),
  /** The client it was about, where all of these rows are of one. */
  client: z.object({ id: z.uuid(), name: z.string() }).nullable(),
})
export type ChangeSet = z.output<typeof ChangeSet>

export const listChangeSets = endpoint({
  method: 'GET',
  path: '/change-sets',
  summary: "Acts, the latest first: own ones, of a team head the team's, of a head everybody's",
  input: z.object({
    author: listOf(z.uuid()).optional(),
    act: listOf(z.string().max(40)).optional(),
    from: z.iso.datetime({ offset: true }).optional(),
    to: z.iso.datetime({ offset: true }).optional(),
    cursor: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: pageOf(ChangeSet),
})
