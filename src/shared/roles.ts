import { z } from 'zod'

/** What a person may do in the company; see the table of roles in docs/architecture.md. */
export const Role = z.enum(['admin', 'head', 'team-head', 'manager'])
export type Role = z.infer<typeof Role>
