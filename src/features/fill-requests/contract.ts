import { z } from 'zod'
import { Client } from '#features/clients/contract.ts'
import { Quality, ReportColumn, ReportSelection, State } from '#features/reports/contract.ts'
import { endpoint, pageOf } from '#shared/endpoint.ts'

/** «Просьба дополнить»: clients fixed when it was made, columns of the report to be made good by a day. */
export const FillRequest = z.object({
  id: z.uuid(),
  authorId: z.uuid(),
  authorName: z.string(),
  text: z.string(),
  /** `phone`, `phone:мобильный`: columns of the contact-information report. */
  columns: z.array(ReportColumn),
  /** Whether contacts of the client's people fill a column too. */
  persons: z.boolean(),
  /** When a cell is filled: something is written · a contact is valid · a valid one was checked lately. */
  quality: Quality,
  checkedMonths: z.number().int().nullable(),
  dueOn: z.iso.date(),
  /** Its day has passed and it is open. */
  overdue: z.boolean(),
  createdAt: z.string(),
  closedAt: z.string().nullable(),
  /** Whether the caller may extend and close it: its author, and the head. */
  mayManage: z.boolean(),
})
export type FillRequest = z.output<typeof FillRequest>

const id = z.object({ id: z.uuid() })
const text = z.string().trim().max(1000)
const name = z.string()

/** Of clients that are not archived; `left` lack something of what was asked. */
const counts = { clients: z.number().int(), done: z.number().int(), left: z.number().int() }
const PersonsPart = z.object({ userId: z.uuid().nullable(), name: name.nullable(), ...counts })
export const FillProgress = z.object({ ...counts, people: z.array(PersonsPart) })
export type FillProgress = z.output<typeof FillProgress>

export const previewFillRequest = endpoint({
  method: 'GET',
  path: '/fill-requests/preview',
  summary: 'Whom a request made from this selection of the report would reach, and with how many clients',
  input: ReportSelection,
  output: z.object({
    people: z.array(z.object({ userId: z.uuid(), name, clients: z.number().int() })),
    /** Clients nobody the caller may ask is responsible for: not in the request. */
    unasked: z.number().int(),
  }),
})

export const addFillRequest = endpoint({
  method: 'POST',
  path: '/fill-requests',
  status: 201,
  summary: 'Asks the managers of a selection of the report to fill what their clients lack',
  input: z.object({
    selection: ReportSelection,
    /** Only these managers of the selection; all without it. */
    people: z.array(z.uuid()).min(1).max(1000).optional(),
    dueOn: z.iso.date(),
    text: text.default(''),
  }),
  output: FillRequest.extend({ changeSetId: z.uuid() }),
})

export const listFillRequests = endpoint({
  method: 'GET',
  path: '/fill-requests',
  summary: 'Requests with a client the caller may see: the open ones by their day, or the closed ones',
  input: z.object({
    closed: z.stringbool().or(z.boolean()).default(false),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  output: pageOf(FillRequest),
})

export const myFillRequests = endpoint({
  method: 'GET',
  path: '/fill-requests/mine',
  summary:
    "Open requests with the caller's own clients, and how many of them are left; then those of who is away, for who stands in for him and may edit",
  output: z.array(
    FillRequest.extend({
      ...counts,
      /** Whose clients these are: the caller, or the absent person. */
      ownerId: z.uuid(),
      ownerName: z.string(),
    }),
  ),
})

export const getFillRequest = endpoint({
  method: 'GET',
  path: '/fill-requests/:id',
  summary: 'One request',
  input: id,
  output: FillRequest,
})

export const getFillProgress = endpoint({
  method: 'GET',
  path: '/fill-requests/:id/progress',
  summary: 'How far a request is, by manager, as it stands now',
  input: id,
  output: FillProgress,
})

/** A cell of one client; one that was not asked for may be read all the same. */
const FillCell = z.object({ state: State, asked: z.boolean(), filled: z.boolean() })
export const FillRow = z.object({ client: Client, cells: z.record(z.string(), FillCell), done: z.boolean() })
export type FillRow = z.output<typeof FillRow>

export const listFillClients = endpoint({
  method: 'GET',
  reads: 'list',
  path: '/fill-requests/:id/clients',
  summary: 'The clients of a request by name, whole, with the state of every asked cell',
  input: id.extend({
    /** A user's id, or `none`: clients without an owner. */
    owner: z.union([z.uuid(), z.literal('none')]).optional(),
    state: z.enum(['left', 'done', 'all']).default('all'),
    client: z.uuid().optional(),
    cursor: z.string().max(2000).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  output: pageOf(FillRow),
})

export const patchFillRequest = endpoint({
  method: 'PATCH',
  path: '/fill-requests/:id',
  summary: 'Sets another day or another sentence',
  input: id.extend({ dueOn: z.iso.date().optional(), text: text.optional() }),
  output: FillRequest,
})
export const closeFillRequest = endpoint({
  method: 'POST',
  path: '/fill-requests/:id/closure',
  summary: 'Closes a request: it leaves the screens of those who were asked',
  input: id,
  output: FillRequest,
})
export const reopenFillRequest = endpoint({
  method: 'DELETE',
  path: '/fill-requests/:id/closure',
  summary: 'Opens a closed request again',
  input: id,
  output: FillRequest,
})
