import { z } from 'zod'
import { endpoint } from '#shared/endpoint.ts'

/** How clients without an owner are given out. */
export const Distribution = z.object({
  /** Whether new clients without an owner are given out as they come. */
  active: z.boolean(),
  /** In turn; by region; to who has the fewest clients; to who has the fewest open entries. */
  way: z.enum(['rounds', 'region', 'clients', 'plan']),
  /** Among the managers of these teams; none: among all. */
  teamIds: z.array(z.uuid()).max(500),
  /** Who has which region; several of one region share it. */
  regions: z.array(z.object({ region: z.string().trim().min(1).max(200), userId: z.uuid() })).max(2_000),
})
export type Distribution = z.output<typeof Distribution>

export const getDistribution = endpoint({
  method: 'GET',
  path: '/distribution',
  summary: 'The rule by which clients without an owner are given out; for heads',
  output: Distribution,
})
export const putDistribution = endpoint({
  method: 'PUT',
  path: '/distribution',
  summary: 'Sets the rule',
  input: Distribution,
  output: Distribution,
})
export const previewDistribution = endpoint({
  method: 'GET',
  path: '/distribution/preview',
  summary: 'How many of the clients nobody has each manager would get now; writes nothing',
  output: z.object({
    /** Clients nobody has. */
    clients: z.number().int(),
    people: z.array(z.object({ userId: z.uuid(), clients: z.number().int() })),
  }),
})
export const distributeClients = endpoint({
  method: 'POST',
  path: '/distribution/runs',
  summary:
    'Gives out every client nobody has, as a job and one change-set: `result.count`, `result.changeSetId`',
  status: 202,
  output: z.object({ jobId: z.uuid() }),
})
