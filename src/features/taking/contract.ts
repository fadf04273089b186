import { z } from 'zod'
import { endpoint, listOf, pageOf } from '#shared/endpoint.ts'
import { Road } from '#shared/roads.ts'
import { Role } from '#shared/roles.ts'

const Rows = z.number().int().min(0).max(1_000_000_000)

/** Every file and large copy that left the base. */
export const Taking = z.object({
  id: z.uuid(),
  userId: z.uuid(),
  userName: z.string(),
  road: Road,
  fileName: z.string().nullable(),
  /** The filter it was chosen by. */
  selection: z.record(z.string(), z.unknown()),
  columns: z.array(z.string()),
  rows: z.number().int(),
  /** Whether the rows count against the quota. */
  counted: z.boolean(),
  requestId: z.uuid().nullable(),
  changeSetId: z.uuid().nullable(),
  at: z.string(),
  address: z.string().nullable(),
  sessionKind: z.enum(['session', 'token']).nullable(),
  sessionName: z.string().nullable(),
})
export type Taking = z.output<typeof Taking>

/** Days of the company, both included. */
const period = { from: z.iso.date(), to: z.iso.date() }
export const TakingScope = z.object({ ...period, user: listOf(z.uuid()).optional() })
export type TakingScope = z.output<typeof TakingScope>

export const listTakings = endpoint({
  method: 'GET',
  personal: true,
  path: '/takings',
  summary:
    'What was taken out of the base, the latest first: own; a team head his team’s; a head everybody’s',
  input: TakingScope.extend({
    road: listOf(Road).optional(),
    cursor: z.string().max(300).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: pageOf(Taking),
})
export const getTaking = endpoint({
  method: 'GET',
  personal: true,
  path: '/takings/:id',
  summary: 'One taking: the number in the mark of a file',
  input: z.object({ id: z.uuid() }),
  output: Taking,
})

/** A person in a period. `usual`: the median of rows read in a day, over the days with any of the 30 before the period. */
export const PersonTaking = z.object({
  userId: z.uuid(),
  name: z.string(),
  role: Role,
  active: z.boolean(),
  files: z.number().int(),
  taken: z.number().int(),
  /** Rows he may take in 30 days (null: as many as he likes), and those of the last 30 days. */
  quota: z.number().int().nullable(),
  quotaTaken: z.number().int(),
  read: z.number().int(),
  cards: z.number().int(),
  copied: z.number().int(),
  attachments: z.number().int(),
  /** Days of the period he read anything on. */
  days: z.number().int(),
  usual: z.number(),
})
export type PersonTaking = z.output<typeof PersonTaking>
export const summarizeTakings = endpoint({
  method: 'GET',
  personal: true,
  path: '/takings/summary',
  summary: 'Who took how much and read how much in a period',
  input: TakingScope,
  output: z.object({ people: z.array(PersonTaking) }),
})

export const readingKinds = ['list', 'card', 'report', 'file', 'api', 'copy', 'print'] as const
export const getReadings = endpoint({
  method: 'GET',
  personal: true,
  path: '/readings',
  summary: 'Rows read, cards opened and rows taken by the day or the hour',
  input: TakingScope.extend({ step: z.enum(['day', 'hour']).default('day') }),
  output: z.object({
    points: z.array(
      z.object({
        from: z.string(),
        read: z.number().int(),
        taken: z.number().int(),
        kinds: z.partialRecord(z.enum(readingKinds), z.number().int()),
      }),
    ),
    /** Median of a day, or of an hour, with any reading in the 30 days before; of one person only. */
    usual: z.number().nullable(),
  }),
})
export type Readings = z.output<(typeof getReadings)['output']>

export const takingsXlsx = endpoint({
  method: 'GET',
  path: '/takings.xlsx',
  summary: 'The same as a workbook: a line a taking, or a line a person',
  input: TakingScope.extend({
    what: z.enum(['takings', 'people']).default('takings'),
    road: listOf(Road).optional(),
    language: z.enum(['ru', 'en']).optional(),
  }),
  output: z.string(),
})

/** The caller's own. `copyLeft`: rows he may still copy or print in passing this hour. */
export const Quota = z.object({
  mayExport: z.boolean(),
  quota: z.number().int().nullable(),
  taken: z.number().int(),
  copyLeft: z.number().int().nullable(),
})
export type Quota = z.output<typeof Quota>
export const getQuota = endpoint({
  method: 'GET',
  personal: true,
  path: '/export-quota',
  summary: 'How much the caller may take out',
  output: Quota,
})

const selection = z.record(z.string(), z.unknown())
const columns = z.array(z.string().max(200)).max(200)

/** Told by the screen that copies or prints: a few rows in passing, more as an export. */
export const addCopy = endpoint({
  method: 'POST',
  path: '/copies',
  summary: 'Counts rows copied to the clipboard or printed; above the measure of an hour they are an export',
  status: 201,
  input: z.object({
    way: z.enum(['clipboard', 'print']),
    rows: z.number().int().min(1).max(10_000_000),
    selection,
    columns: columns.default([]),
    /** Which, where the rows are clients. */
    clientIds: z.array(z.uuid()).max(10_000).default([]),
  }),
  output: z.object({
    /** The taking, where it was an export. */
    id: z.uuid().nullable(),
    copyLeft: z.number().int().nullable(),
  }),
})

export const RequestState = z.enum(['asked', 'approved', 'refused', 'used', 'expired'])
export const ExportRequest = z.object({
  id: z.uuid(),
  userId: z.uuid(),
  userName: z.string(),
  road: Road,
  selection,
  columns: z.array(z.string()),
  rows: z.number().int(),
  reason: z.string(),
  state: RequestState,
  askedAt: z.string(),
  decidedAt: z.string().nullable(),
  decidedBy: z.uuid().nullable(),
  answer: z.string().nullable(),
  /** An approval holds until then, for one file. */
  expiresAt: z.string().nullable(),
  takingId: z.uuid().nullable(),
})
export type ExportRequest = z.output<typeof ExportRequest>

/** What a refusal for the quota names as `ask`, sent back word for word. */
export const Ask = z.object({ road: Road, selection, columns, rows: Rows.min(1) })
export type Ask = z.output<typeof Ask>

export const listExportRequests = endpoint({
  method: 'GET',
  personal: true,
  path: '/export-requests',
  summary: 'Requests to take out more than the quota: own; a team head his team’s; a head everybody’s',
  input: z.object({
    state: listOf(RequestState).optional(),
    user: listOf(z.uuid()).optional(),
    cursor: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: pageOf(ExportRequest),
})
export const getExportRequest = endpoint({
  method: 'GET',
  personal: true,
  path: '/export-requests/:id',
  summary: 'One request and what became of it',
  input: z.object({ id: z.uuid() }),
  output: ExportRequest,
})
export const addExportRequest = endpoint({
  method: 'POST',
  path: '/export-requests',
  summary: 'Asks the head for an export above the quota, with a reason',
  status: 201,
  input: Ask.extend({ reason: z.string().trim().min(1).max(1000) }),
  output: ExportRequest,
})
export const decideExportRequest = endpoint({
  method: 'POST',
  path: '/export-requests/:id/decision',
  summary: 'A head approves or refuses, once',
  input: z.object({
    id: z.uuid(),
    approve: z.boolean(),
    answer: z.string().trim().max(1000).optional(),
  }),
  output: ExportRequest,
})

/** What the head has decided about taking away and reading. null: no such limit. */
export const TakingRules = z.object({
  quotaManager: Rows.nullable(),
  quotaTeamHead: Rows.nullable(),
  quotaHead: Rows.nullable(),
  copyRows: Rows,
  readingRows: Rows.nullable(),
  requestHours: z.number().int().min(1).max(720),
  alarmCards: z.number().int().min(1).max(100_000),
  alarmTimes: z.number().min(0).max(1000),
})
export type TakingRules = z.output<typeof TakingRules>
export const getTakingRules = endpoint({
  method: 'GET',
  path: '/taking-rules',
  summary: 'Quotas, measures of reading and the threshold of the alarm',
  output: TakingRules,
})
export const patchTakingRules = endpoint({
  method: 'PATCH',
  path: '/taking-rules',
  summary: 'Changes them; a head only',
  input: TakingRules.partial(),
  output: TakingRules,
})
