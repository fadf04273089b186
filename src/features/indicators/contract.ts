import { z } from 'zod'
import { activityKinds, ActivityKind } from '#features/activities/contract.ts'
import { endpoint, listOf, pageOf } from '#shared/endpoint.ts'

/**
 * What is counted. An entry counts for the person whose it is, a client for his owner. `overdue`, `withoutPlan`, `clients` and
 * `complete` tell of this moment; the others of a period.
 */
export const indicators = [
  'done',
  ...(['call', 'meeting', 'letter', 'task'] as const),
  'note',
  'planned',
  'cancelled',
  'overdue',
  'newClients',
  'answered',
  'lostClients',
  'clients',
  'withoutPlan',
  'complete',
] as const
export const Indicator = z.enum(indicators)
export type Indicator = z.output<typeof Indicator>

/** Told of now, so that there is nothing to compare them with but what was noted day by day. */
export const momentary: readonly Indicator[] = ['overdue', 'withoutPlan', 'clients', 'complete']
/** Their records are entries; of the others, clients. */
export const ofEntries: readonly Indicator[] = [
  'done',
  'call',
  'meeting',
  'letter',
  'task',
  'note',
  'planned',
  'cancelled',
  'overdue',
]

const day = z.iso.date()
/** Days of the company's time zone, both included. */
const Period = z.object({ from: day, to: day })

/** Whose figures: of these people or teams; of everybody the caller answers for unless told. */
const whose = { user: listOf(z.uuid()).optional(), team: listOf(z.uuid()).optional() }

export const IndicatorScope = Period.extend({
  ...whose,
  /** A second period beside the first: the one just before it and as long, the same days a year earlier, or `compareFrom` to `compareTo`. */
  compare: z.enum(['none', 'before', 'year', 'period']).default('none'),
  compareFrom: day.optional(),
  compareTo: day.optional(),
  groupBy: z.enum(['manager', 'team']).default('manager'),
})
export type IndicatorScope = z.output<typeof IndicatorScope>

/** Indicator → number; `responseHours` from a client's entry to the first talk with him, the median, null where there was none. */
const Figures = z.object({
  ...(Object.fromEntries(indicators.map((name) => [name, z.number().int()])) as Record<
    Indicator,
    z.ZodNumber
  >),
  responseHours: z.number().nullable(),
})
export type Figures = z.output<typeof Figures>
/** Figures of the period compared with; null where they tell only of now. */
const EarlierFigures = z.object({
  ...(Object.fromEntries(indicators.map((name) => [name, z.number().int().nullable()])) as Record<
    Indicator,
    z.ZodNullable<z.ZodNumber>
  >),
  responseHours: z.number().nullable(),
})
export type EarlierFigures = z.output<typeof EarlierFigures>

export const IndicatorRow = z.object({
  /** User or team id; `none`: clients without an owner, people without a team. */
  key: z.string(),
  label: z.string(),
  figures: Figures,
  earlier: EarlierFigures.nullable(),
})
export type IndicatorRow = z.output<typeof IndicatorRow>

export const getIndicators = endpoint({
  method: 'GET',
  path: '/indicators',
  summary: 'Figures of a period by manager or team, beside those of another period',
  input: IndicatorScope,
  output: z.object({
    period: Period,
    earlier: Period.nullable(),
    rows: z.array(IndicatorRow),
    total: IndicatorRow.pick({ figures: true, earlier: true }),
  }),
})
export type Indicators = z.output<(typeof getIndicators)['output']>

/** Narrows further: entries of a kind or with an outcome (`none`: without one), clients that came to a stage. */
const RecordsSelection = Period.extend({
  ...whose,
  indicator: Indicator,
  kind: listOf(ActivityKind).optional(),
  outcome: z.string().max(200).optional(),
})
export type RecordsSelection = z.output<typeof RecordsSelection>

const limit = z.coerce.number().int().min(1).max(500).default(100)
export const IndicatorRecord = z.object({
  /** Of the entry, or of the client. */
  id: z.uuid(),
  clientId: z.uuid().nullable(),
  clientName: z.string().nullable(),
  /** Whose it counts. */
  userId: z.uuid().nullable(),
  /** When: done, due, cancelled, entered, archived. */
  at: z.string(),
  kind: ActivityKind.nullable(),
  text: z.string().nullable(),
  outcome: z.string().nullable(),
})
export type IndicatorRecord = z.output<typeof IndicatorRecord>
export const listIndicatorRecords = endpoint({
  method: 'GET',
  reads: 'report',
  path: '/indicators/records',
  summary: 'The entries or clients behind a figure, the latest first; `count` is that figure',
  input: RecordsSelection.extend({ cursor: z.string().max(2000).optional(), limit }),
  output: pageOf(IndicatorRecord).extend({ count: z.number().int() }),
})

export const getOutcomes = endpoint({
  method: 'GET',
  path: '/indicators/outcomes',
  summary: 'Done entries of a period by kind and outcome',
  input: Period.extend(whose),
  output: z.object({
    /** `outcome` null: without one. */
    cells: z.array(
      z.object({ kind: z.enum(activityKinds), outcome: z.string().nullable(), count: z.number().int() }),
    ),
  }),
})

export const TrendIndicator = z.enum([
  'done',
  'call',
  'meeting',
  'letter',
  'task',
  'newClients',
  'lostClients',
  'completeness',
])
export type TrendIndicator = z.output<typeof TrendIndicator>
export const getTrend = endpoint({
  method: 'GET',
  path: '/indicators/trend',
  summary: 'A figure day by day, week by week or month by month',
  input: Period.extend({
    ...whose,
    indicator: TrendIndicator,
    step: z.enum(['day', 'week', 'month']).default('day'),
  }),
  output: z.object({
    /** `from`: the first day of the step. Completeness from 0 to 1, null where no day of the step was noted. */
    points: z.array(z.object({ from: day, value: z.number().nullable() })),
  }),
})

export const getFunnel = endpoint({
  method: 'GET',
  path: '/indicators/funnel',
  summary:
    'Stages of relations: how many clients stand there now, how many came and went in a period, and from where to where',
  input: Period.extend(whose),
  output: z.object({
    stages: z.array(
      z.object({
        /** null: without a stage. */
        stage: z.string().nullable(),
        isLost: z.boolean(),
        now: z.number().int(),
        came: z.number().int(),
        went: z.number().int(),
      }),
    ),
    moves: z.array(
      z.object({ from: z.string().nullable(), to: z.string().nullable(), count: z.number().int() }),
    ),
  }),
})
export const listMoves = endpoint({
  method: 'GET',
  reads: 'report',
  path: '/indicators/funnel/moves',
  summary: 'The moves between stages behind a figure of the funnel, the latest first',
  input: Period.extend({
    ...whose,
    /** Name of a stage, `=` before it; `none`: without one; absent: any. */
    fromStage: z.string().max(201).optional(),
    toStage: z.string().max(201).optional(),
    cursor: z.string().max(2000).optional(),
    limit,
  }),
  output: pageOf(
    z.object({
      clientId: z.uuid(),
      clientName: z.string(),
      ownerId: z.uuid().nullable(),
      authorId: z.uuid(),
      at: z.string(),
      from: z.string().nullable(),
      to: z.string().nullable(),
    }),
  ).extend({ count: z.number().int() }),
})

const abcField = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)
export const AbcClass = z.enum(['A', 'B', 'C'])
export const getAbc = endpoint({
  method: 'GET',
  path: '/indicators/abc',
  summary:
    'Clients by a number field of the head’s own: A bring the first 80 % of its sum, B the next 15 %, C the rest',
  input: z.object({ ...whose, field: abcField }),
  output: z.object({
    classes: z.array(
      z.object({ class: AbcClass, clients: z.number().int(), sum: z.number(), least: z.number() }),
    ),
    sum: z.number(),
    /** Clients with nothing, zero or less in the field: in no class. */
    without: z.number().int(),
  }),
})
export const listAbcClients = endpoint({
  method: 'GET',
  reads: 'report',
  path: '/indicators/abc/clients',
  summary: 'Clients of a class, the largest first',
  input: z.object({
    ...whose,
    field: abcField,
    class: AbcClass,
    cursor: z.string().max(2000).optional(),
    limit,
  }),
  output: pageOf(
    z.object({
      id: z.uuid(),
      name: z.string(),
      ownerId: z.uuid().nullable(),
      value: z.number(),
      share: z.number(),
    }),
  ).extend({ count: z.number().int() }),
})

export const indicatorsXlsx = endpoint({
  method: 'GET',
  path: '/indicators.xlsx',
  summary: 'The figures as a workbook',
  input: IndicatorScope.extend({ language: z.enum(['ru', 'en']).optional() }),
  output: z.any(),
})
