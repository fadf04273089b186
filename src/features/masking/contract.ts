import { z } from 'zod'
import { endpoint } from '#shared/endpoint.ts'

export const MaskedRole = z.enum(['manager', 'team-head'])

/** To whom contacts of clients that are not his own come masked until he opens them. */
export const Masking = z.object({ roles: z.array(MaskedRole).max(2) })
export type Masking = z.output<typeof Masking>

export const getMasking = endpoint({
  method: 'GET',
  path: '/masking',
  summary: 'To which roles contacts of others’ clients come masked; for heads',
  output: Masking,
})
export const putMasking = endpoint({
  method: 'PUT',
  path: '/masking',
  summary: 'Sets to which roles contacts of others’ clients come masked',
  input: Masking,
  output: Masking,
})
export const openContacts = endpoint({
  method: 'POST',
  path: '/clients/:id/contact-openings',
  summary:
    'Opens the masked contacts of a client to the caller till the end of the day; stands in the journal',
  status: 201,
  input: z.object({ id: z.uuid() }),
  output: z.object({ until: z.string(), changeSetId: z.uuid() }),
})
