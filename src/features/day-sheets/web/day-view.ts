import { z } from 'zod'
import { dayAfter } from '#features/activities/when.ts'
import { DayFigure, type DaySheet } from '#features/day-sheets/contract.ts'
import { today } from '#web/format.ts'

/** The whole screen in its address: the day, whose, and the list that is open over it. */
export const DayView = z.object({
  day: z.iso.date().optional().catch(undefined),
  tab: z.enum(['team', 'own']).catch('team'),
  show: DayFigure.optional().catch(undefined),
  of: z.uuid().optional().catch(undefined),
})
export type DayView = z.output<typeof DayView>
export type SetView = (changed: Partial<z.input<typeof DayView>>, options?: { keep?: boolean }) => void

export const dayOf = (view: DayView) => view.day ?? today()

/** Monday to Sunday around a day. */
export function weekOf(day: string): string[] {
  const passed = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  return Array.from({ length: 7 }, (_, at) => dayAfter(day, at - passed))
}

/** What a sheet shows: of a closed day the figures it was closed with. */
export const shownFigures = ({ closed, figures }: DaySheet) => closed?.figures ?? figures
