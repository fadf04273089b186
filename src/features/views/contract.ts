import { z } from 'zod'
import { endpoint } from '#shared/endpoint.ts'

export const ViewScreen = z.enum(['clients', 'contact-info', 'indicators'])

const name = z.string().trim().min(1).max(100)
/** What the screen needs to draw itself anew: its URL state, columns, widths. The server keeps it and does not look inside. */
const definition = z
  .record(z.string(), z.unknown())
  .refine((given) => JSON.stringify(given).length <= 50_000, { message: '≤ 50 KB' })

/** A saved view of the table or a preset of the report. */
export const View = z.object({
  id: z.uuid(),
  screen: ViewScreen,
  name: z.string(),
  shared: z.boolean(),
  /** Whether the caller may change and delete it. */
  mine: z.boolean(),
  definition: z.record(z.string(), z.unknown()),
  updatedAt: z.string(),
})
export type View = z.output<typeof View>

export const listViews = endpoint({
  method: 'GET',
  path: '/views',
  summary: 'Own and shared views of a screen',
  input: z.object({ screen: ViewScreen }),
  output: z.array(View),
})
export const addView = endpoint({
  method: 'POST',
  path: '/views',
  summary: 'Saves a view; only the head shares',
  status: 201,
  input: z.object({ screen: ViewScreen, name, definition, shared: z.boolean().default(false) }),
  output: View,
})
export const patchView = endpoint({
  method: 'PATCH',
  path: '/views/:id',
  summary: 'Changes a view',
  input: z.object({
    id: z.uuid(),
    name: name.optional(),
    definition: definition.optional(),
    shared: z.boolean().optional(),
  }),
  output: View,
})
export const deleteView = endpoint({
  method: 'DELETE',
  path: '/views/:id',
  summary: 'Deletes a view',
  input: z.object({ id: z.uuid() }),
})
