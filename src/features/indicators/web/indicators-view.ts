import { z } from 'zod'
import { dayAfter } from '#features/activities/when.ts'
import { ActivityKind } from '#features/activities/contract.ts'
import { AbcClass, Indicator, TrendIndicator, type IndicatorScope } from '#features/indicators/contract.ts'
import { today } from '#web/format.ts'

export const periods = [
  'week',
  'last-week',
  'month',
  'last-month',
  'quarter',
  'last-quarter',
  'year',
  'own',
] as const

const day = z.iso.date().optional().catch(undefined)

/** The whole screen in its address; what is not there is as usual. */
export const IndicatorsView = z.object({
  tab: z.enum(['summary', 'outcomes', 'trend', 'funnel', 'abc']).catch('summary'),
  period: z.enum(periods).catch('month'),
  from: day,
  to: day,
  compare: z.enum(['none', 'before', 'year']).catch('before'),
  by: z.enum(['manager', 'team']).catch('manager'),
  user: z.array(z.uuid()).optional().catch(undefined),
  /** Of the chart of the summary. */
  chart: Indicator.catch('done'),
  /** Of the trend. */
  figure: TrendIndicator.catch('done'),
  step: z.enum(['day', 'week', 'month']).optional().catch(undefined),
  field: z.string().optional().catch(undefined),
  /** The list that is open: of a figure … */
  show: Indicator.optional().catch(undefined),
  /** … of this person or team … */
  of: z.string().optional().catch(undefined),
  kind: ActivityKind.optional().catch(undefined),
  outcome: z.string().optional().catch(undefined),
  /** … of moves from and to a stage, of a class of clients. */
  moves: z.object({ from: z.string().optional(), to: z.string().optional() }).optional().catch(undefined),
  class: AbcClass.optional().catch(undefined),
})
export type IndicatorsView = z.output<typeof IndicatorsView>
export type SetView = (changed: Partial<z.input<typeof IndicatorsView>>, options?: { keep?: boolean }) => void

/** No list over the screen. */
export const closed = {
  show: undefined,
  of: undefined,
  kind: undefined,
  outcome: undefined,
  moves: undefined,
  class: undefined,
} satisfies Partial<IndicatorsView>

/** Days of a period named by how people say it; a running one ends today. */
export function daysOf({ period, from, to }: Pick<IndicatorsView, 'period' | 'from' | 'to'>, now = today()) {
  const monday = dayAfter(now, -((new Date(`${now}T00:00:00Z`).getUTCDay() + 6) % 7))
  const first = `${now.slice(0, 8)}01`
  const quarter = Math.floor((Number(now.slice(5, 7)) - 1) / 3) * 3
  switch (period) {
    case 'week':
      return { from: monday, to: now }
    case 'last-week':
      return { from: dayAfter(monday, -7), to: dayAfter(monday, -1) }
    case 'month':
      return { from: first, to: now }
    case 'last-month':
      return { from: monthsBefore(first, 1), to: dayAfter(first, -1) }
    case 'quarter':
      return { from: monthOf(now, quarter), to: now }
    case 'last-quarter': {
      const began = monthOf(now, quarter)
      return { from: monthsBefore(began, 3), to: dayAfter(began, -1) }
    }
    case 'year':
      return { from: `${now.slice(0, 4)}-01-01`, to: now }
    case 'own':
      return { from: from ?? first, to: to ?? now }
  }
}

const monthOf = (now: string, month: number) => `${now.slice(0, 4)}-${String(month + 1).padStart(2, '0')}-01`

function monthsBefore(first: string, months: number): string {
  const [year, month] = first.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 10)
}

/** Whose figures the screen shows. */
export const whoseOf = ({ user }: IndicatorsView) => (user?.length ? { user } : {})

export const scopeOf = (
  view: IndicatorsView,
): Omit<IndicatorScope, 'compareFrom' | 'compareTo' | 'team'> => ({
  ...daysOf(view),
  ...whoseOf(view),
  compare: view.compare,
  groupBy: view.by,
})

/** Whose list a figure opens: of one line, or of all the screen shows. */
export const lineOf = (view: IndicatorsView) => {
  if (!view.of) return whoseOf(view)
  return view.by === 'team' ? { team: [view.of] } : { user: [view.of] }
}
