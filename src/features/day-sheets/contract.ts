import { z } from 'zod'
import { ActivityKind } from '#features/activities/contract.ts'
import { endpoint, listOf, pageOf } from '#shared/endpoint.ts'

/**
 * What is counted of a manager's day. Of entries only those of clients, a person's own errands are nobody's business; notes are no work done.
 * `planned`: due that day and not called off; `kept`: of them, done that same day; `moved`: left that day for another, that day or later.
 */
export const dayFigures = [
  'planned',
  'kept',
  'done',
  'call',
  'meeting',
  'letter',
  'task',
  'moved',
  'cancelled',
  'entered',
  'changedEntries',
  'newClients',
  'changedClients',
] as const
export const DayFigure = z.enum(dayFigures)
export type DayFigure = z.output<typeof DayFigure>
/** Their records are clients; of the others, entries. */
export const ofClients: readonly DayFigure[] = ['newClients', 'changedClients']

const day = z.iso.date()
const comment = z.string().trim().max(5000)
const Figures = z.object(
  Object.fromEntries(dayFigures.map((name) => [name, z.number().int()])) as Record<DayFigure, z.ZodNumber>,
)
export type DayFigures = z.output<typeof Figures>
export const noFigures = Object.fromEntries(dayFigures.map((name) => [name, 0])) as DayFigures

/** One person's day. The figures are of this moment; a closed day also keeps those it was closed with. */
export const DaySheet = z.object({
  userId: z.uuid(),
  day,
  figures: Figures,
  comment: z.string(),
  closed: z.object({ at: z.string(), by: z.uuid(), figures: Figures }).nullable(),
})
export type DaySheet = z.output<typeof DaySheet>

/** Days of the company's calendar, both included. */
const Scope = z.object({
  from: day,
  to: day,
  user: listOf(z.uuid()).optional(),
  team: listOf(z.uuid()).optional(),
})
export type DayScope = z.output<typeof Scope>

export const mostDays = 31
export const listDaySheets = endpoint({
  method: 'GET',
  path: '/day-sheets',
  summary: 'Day sheets of the people the caller answers for, by day and person; 31 days at most',
  input: Scope,
  output: z.object({
    today: day,
    /** Who works with clients, and who else has something in these days; by name. */
    people: z.array(z.object({ userId: z.uuid(), name: z.string() })),
    /** A sheet for each of them and each day, in the order of days. */
    sheets: z.array(DaySheet),
  }),
})
export type DaySheets = z.output<(typeof listDaySheets)['output']>

export const DayRecord = z.object({
  /** Of the entry, or of the client. */
  id: z.uuid(),
  clientId: z.uuid().nullable(),
  clientName: z.string().nullable(),
  at: z.string(),
  kind: ActivityKind.nullable(),
  text: z.string().nullable(),
  /** Outcome and result of what was done, why it was called off, where it was moved to. */
  result: z.string().nullable(),
  movedTo: z.string().nullable(),
})
export type DayRecord = z.output<typeof DayRecord>
export const listDayRecords = endpoint({
  method: 'GET',
  reads: 'report',
  path: '/day-sheets/records',
  summary: 'The entries or clients behind a figure of a day sheet, the latest first; `count` is that figure',
  input: Scope.extend({
    figure: DayFigure,
    cursor: z.string().max(2000).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  output: pageOf(DayRecord).extend({ count: z.number().int() }),
})

export const putDaySheet = endpoint({
  method: 'PUT',
  path: '/day-sheets/:day',
  summary: "Keeps the caller's word on his own day while it is open",
  input: z.object({ day, comment }),
  output: DaySheet,
})
export const closeDaySheet = endpoint({
  method: 'POST',
  path: '/day-sheets/:day/closure',
  summary: "Closes the caller's own day: its figures are kept as they are now",
  input: z.object({ day, comment: comment.optional() }),
  output: DaySheet,
})
export const reopenDaySheet = endpoint({
  method: 'DELETE',
  path: '/day-sheets/:day/closure',
  summary: "Opens a closed day again: the head anybody's, a team head his team's",
  input: z.object({ day, user: z.uuid() }),
  output: DaySheet,
})

export const daySheetsXlsx = endpoint({
  method: 'GET',
  path: '/day-sheets.xlsx',
  summary:
    'Day sheets as a workbook: a line for each person and day, or with `entries` every entry and client behind them. Of others it needs the right of export; goes into the journal',
  input: Scope.extend({
    entries: z.stringbool().or(z.boolean()).default(false),
    language: z.enum(['ru', 'en']).optional(),
  }),
  output: z.any(),
})
