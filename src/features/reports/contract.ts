import { z } from 'zod'
import { endpoint, listOf } from '#shared/endpoint.ts'
import { ContactKind, Verdict } from '#shared/verdict.ts'
import { ClientFilter } from '#features/clients/filter.ts'

/** What a cell of the report says of one client: the best of his contacts of that kind or label. */
export const states = ['valid', 'stale', 'doubtful', 'junk', 'missing'] as const
export const State = z.enum(states)
export type State = z.output<typeof State>

export const dimensions = ['manager', 'team', 'region', 'category', 'source', 'stage'] as const
export const Dimension = z.enum(dimensions)
export type Dimension = z.output<typeof Dimension>

/** `phone`; `phone:мобильный`, only contacts of that label; `phone:`, only those without one. */
export const ReportColumn = z
  .string()
  .max(200)
  .refine((text) => ContactKind.safeParse(text.split(':', 1)[0]).success)

/** What makes a cell good: something is written · a contact is valid · a valid one was checked within `checkedMonths`. */
export const Quality = z.enum(['present', 'valid', 'checked'])
export type Quality = z.output<typeof Quality>

/** Names may hold commas, so a list of them may also come as a JSON array. */
const namesOf = <T extends z.ZodType>(item: T, split: (text: string) => string[]) =>
  z.preprocess((given, context) => {
    if (typeof given !== 'string') return given
    if (!given.startsWith('[')) return split(given)
    try {
      return JSON.parse(given)
    } catch {
      context.addIssue({ code: 'custom', message: 'JSON' })
      return z.NEVER
    }
  }, z.array(item))

const atCommas = (text: string) => text.split(',').filter((part) => part !== '')
const flag = z.stringbool().or(z.boolean())

/** A filter of clients; the legal kind is `clientKind`, since `kind` names a column here. Archived clients are never in the report. */
export const ReportFilter = ClientFilter.omit({ kind: true, archived: true }).extend({
  clientKind: listOf(z.string().max(20)).optional(),
})

/** What is counted: the rows and columns of the report before they are put into groups. */
export const ReportScope = ReportFilter.extend({
  object: z.enum(['clients', 'persons']).default('clients'),
  kinds: namesOf(ReportColumn, atCommas)
    .pipe(z.array(ReportColumn).min(1).max(40))
    .default(['phone', 'email']),
  /** Whether contacts of the client's people count as his. */
  persons: flag.default(true),
  /** A valid contact not checked within so many months is `stale`; without it nothing is. */
  checkedMonths: z.coerce.number().int().min(1).max(600).optional(),
  quality: Quality.optional(),
  /** Clients by the company's required kinds (and those of their stage and categories): all of them valid, or not. */
  required: z.enum(['complete', 'incomplete']).optional(),
  groupBy: listOf(Dimension).pipe(z.array(Dimension).max(3)).default(['manager']),
})
export type ReportScope = z.output<typeof ReportScope>

const Cells = z.record(z.string(), z.record(State, z.number().int()))
export type Cells = z.output<typeof Cells>

/** A group; its five states add up to `clients` in every column. With `object=persons` what is counted is persons. */
export interface ReportGroup {
  /** User or team id, or the value itself; `none`: without one. A value that is the word `none` itself is `=none`. */
  key: string
  label: string
  clients: number
  cells: Cells
  groups?: ReportGroup[] | undefined
}
const ReportGroup: z.ZodType<ReportGroup> = z.object({
  key: z.string(),
  label: z.string(),
  clients: z.number().int(),
  cells: Cells,
  get groups() {
    return z.array(ReportGroup).optional()
  },
})
const Total = z.object({ clients: z.number().int(), cells: Cells })

export const ReportSort = z.enum(['worst', '-worst', 'name', '-name', 'clients', '-clients'])

/** A client of several categories counts in the group of each, and once in the groups above and in the total. */
export const getContactInfo = endpoint({
  method: 'GET',
  path: '/reports/contact-info',
  summary:
    'Contact-information report: how many clients have a valid, stale, doubtful, junk or no contact, by group and kind',
  input: ReportScope.extend({ sort: ReportSort.default('worst') }),
  output: z.object({ groups: z.array(ReportGroup), total: Total }),
})
export type ContactInfo = z.output<(typeof getContactInfo)['output']>

/** The clients behind a number of the report. */
export const ReportSelection = ReportScope.extend({
  /** Keys of a group from the outermost on: one key, the key repeated, or a JSON array. */
  group: namesOf(z.string().max(500), (text) => [text])
    .pipe(z.array(z.string()).max(3))
    .default([]),
  /** A column of `kinds`, or another one; without it `state` asks for any of `kinds`. */
  kind: ReportColumn.optional(),
  state: listOf(State).optional(),
})
export type ReportSelection = z.output<typeof ReportSelection>

const page = {
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
}
export const ReportPage = ReportSelection.extend(page)
export type ReportPage = z.output<typeof ReportPage>

const row = {
  /** The client's. */
  id: z.uuid(),
  /** Of a person's row. */
  personId: z.uuid().nullable(),
  /** The client's; a person's own name is `personName`. */
  name: z.string(),
  personName: z.string().nullable(),
  position: z.string().nullable(),
  ownerId: z.uuid().nullable(),
  ownerName: z.string().nullable(),
  region: z.string().nullable(),
  source: z.string().nullable(),
  stage: z.string().nullable(),
}
const pageOfRows = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), count: z.number().int() })

export const GapRow = z.object({ ...row, cells: z.record(z.string(), State) })
export type GapRow = z.output<typeof GapRow>
export const listContactInfoClients = endpoint({
  method: 'GET',
  reads: 'report',
  path: '/reports/contact-info/clients',
  summary: 'The clients (or persons) behind a number of the report, by name; `count` is that number',
  input: ReportPage,
  output: pageOfRows(GapRow),
})

const ShownValue = z.object({
  value: z.string(),
  normalized: z.string().nullable(),
  extension: z.string().nullable(),
  label: z.string().nullable(),
  verdict: Verdict,
  note: z.string().nullable(),
  checkedAt: z.string().nullable(),
})
export type ShownValue = z.output<typeof ShownValue>
export const ValueRow = z.object({ ...row, cells: z.record(z.string(), z.array(ShownValue)) })
export type ValueRow = z.output<typeof ValueRow>
/** A client's row is followed by the rows of his people; `count` and pages are of clients (of persons with `object=persons`). */
export const listContactInfoValues = endpoint({
  method: 'GET',
  reads: 'report',
  path: '/reports/contact-info/values',
  summary: 'The contacts themselves: clients and persons by kinds and labels, several in a cell',
  input: ReportPage,
  output: pageOfRows(ValueRow),
})

/** Leaves out junk, and telephones marked «не звонить». Needs the right of export; goes into the journal. */
export const copyContactInfoValues = endpoint({
  method: 'GET',
  path: '/reports/contact-info/values/distinct',
  summary: 'Every e-mail or phone of the selection once, for the clipboard',
  input: ReportSelection.required({ kind: true }),
  output: z.object({ values: z.array(z.string()), count: z.number().int() }),
})

const language = { language: z.enum(['ru', 'en']).optional() }
const file = z.any()
export const contactInfoXlsx = endpoint({
  method: 'GET',
  path: '/reports/contact-info.xlsx',
  summary: 'The report as a workbook',
  input: getContactInfo.input.extend(language),
  output: file,
})
export const contactInfoClientsXlsx = endpoint({
  method: 'GET',
  path: '/reports/contact-info/clients.xlsx',
  summary: 'The clients behind a number as a workbook; needs the right of export, goes into the journal',
  input: ReportSelection.extend(language),
  output: file,
})
export const contactInfoValuesXlsx = endpoint({
  method: 'GET',
  path: '/reports/contact-info/values.xlsx',
  summary: 'The contacts themselves as a workbook; needs the right of export, goes into the journal',
  input: ReportSelection.extend(language),
  output: file,
})

/** One figure for the first screen: `complete` have a valid contact of every required kind. */
export const getContactInfoHeadline = endpoint({
  method: 'GET',
  path: '/reports/contact-info/headline',
  summary: 'How many clients have valid contacts of every required kind, and whose are the worst',
  output: z.object({
    clients: z.number().int(),
    complete: z.number().int(),
    /** From 0 to 1; null without clients. */
    share: z.number().nullable(),
    worst: z.object({ managerId: z.uuid(), name: z.string(), share: z.number() }).nullable(),
  }),
})
