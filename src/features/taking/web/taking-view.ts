import { z } from 'zod'
import { daysOf, periods } from '#features/indicators/web/indicators-view.ts'
import { Road } from '#shared/roads.ts'

const day = z.iso.date().optional().catch(undefined)

/** The whole screen in its address. */
export const TakingView = z.object({
  tab: z.enum(['people', 'files', 'requests']).catch('people'),
  period: z.enum(periods).catch('month'),
  from: day,
  to: day,
  user: z.array(z.uuid()).optional().catch(undefined),
  road: z.array(Road).optional().catch(undefined),
  figure: z.enum(['read', 'taken']).catch('read'),
  /** The person whose curve is drawn; without one everybody's. */
  of: z.uuid().optional().catch(undefined),
  /** The day opened to its hours. */
  day,
  /** The taking opened. */
  show: z.uuid().optional().catch(undefined),
})
export type TakingView = z.output<typeof TakingView>
export type SetView = (changed: Partial<z.input<typeof TakingView>>, options?: { keep?: boolean }) => void

export const scopeOf = (view: TakingView) => ({
  ...daysOf(view),
  ...(view.user?.length && { user: view.user }),
})
