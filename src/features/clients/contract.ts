import { z } from 'zod'
import { ChangedRow } from '#features/changes/contract.ts'
import { endpoint, listOf, pageOf } from '#shared/endpoint.ts'
import { isTimeZone } from '#shared/time-zone.ts'
import { ContactKind, Verdict } from '#shared/verdict.ts'
import { ClientFilter, ClientSort } from './filter.ts'

export const ClientKind = z.enum(['organization', 'entrepreneur', 'person'])

const line = z.string().trim().max(500)
/** An optional line of text: blank means none. */
const optionalLine = line.transform((text) => (text === '' ? null : text)).nullable()
/** What may be left out may also come as null: programs send whole records back. */
const orNull = <T extends z.ZodType>(schema: T) =>
  schema
    .nullish()
    .transform((value): z.output<T> | undefined => value ?? undefined)
    .optional()
const instant = z.string()
const day = z.iso.date()

export const Contact = z.object({
  id: z.uuid(),
  kind: ContactKind,
  label: z.string().nullable(),
  value: z.string(),
  normalized: z.string().nullable(),
  extension: z.string().nullable(),
  verdict: Verdict,
  reason: z.string().nullable(),
  note: z.string().nullable(),
  primary: z.boolean(),
  doNotCall: z.boolean(),
  personId: z.uuid().nullable(),
  checkedAt: instant.nullable(),
  checkedBy: z.uuid().nullable(),
  /** Shown masked: not the caller's own client, and he has not opened its contacts today. Absent where nothing is masked to him. */
  masked: z.boolean().optional(),
})
export type Contact = z.output<typeof Contact>

/** A contact as a person enters it; the verdict is the server's. With `id`: that contact, changed or kept. */
export const ContactDraft = z.object({
  id: z.uuid().optional(),
  kind: ContactKind,
  label: optionalLine.optional(),
  value: z.string().trim().min(1).max(1000),
  note: optionalLine.optional(),
  primary: orNull(z.boolean()),
  doNotCall: orNull(z.boolean()),
})
export type ContactDraft = z.output<typeof ContactDraft>

const CustomValues = z.record(z.string(), z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]))

export const Person = z.object({
  id: z.uuid(),
  name: z.string(),
  lastName: z.string().nullable(),
  firstName: z.string().nullable(),
  middleName: z.string().nullable(),
  gender: z.enum(['male', 'female']).nullable(),
  position: z.string().nullable(),
  role: z.string().nullable(),
  birthday: day.nullable(),
  comment: z.string().nullable(),
  contacts: z.array(Contact),
})
export type Person = z.output<typeof Person>

export const PersonDraft = z.object({
  id: z.uuid().optional(),
  name: orNull(line.min(1)),
  lastName: optionalLine.optional(),
  firstName: optionalLine.optional(),
  middleName: optionalLine.optional(),
  position: optionalLine.optional(),
  role: optionalLine.optional(),
  birthday: day.nullish(),
  comment: z.string().trim().max(5000).nullish(),
  contacts: orNull(z.array(ContactDraft).max(200)),
})
export type PersonDraft = z.output<typeof PersonDraft>

export const Account = z.object({
  id: z.uuid(),
  account: z.string(),
  bic: z.string().nullable(),
  bank: z.string().nullable(),
  corrAccount: z.string().nullable(),
  primary: z.boolean(),
})
export const AccountDraft = Account.omit({ id: true })
  .extend({ account: line.min(1), bic: optionalLine, bank: optionalLine, corrAccount: optionalLine })
  .partial()
  .required({ account: true })
  .extend({ id: z.uuid().optional() })
export type AccountDraft = z.output<typeof AccountDraft>

/** What a person writes on a client. Grid columns, forms, import mapping and export read these keys. */
export const ClientFields = z.object({
  kind: ClientKind,
  name: line.min(1),
  fullName: optionalLine,
  inn: optionalLine,
  kpp: optionalLine,
  ogrn: optionalLine,
  okpo: optionalLine,
  headClientId: z.uuid().nullable(),
  isBuyer: z.boolean(),
  isSupplier: z.boolean(),
  ownerId: z.uuid().nullable(),
  source: optionalLine,
  stage: optionalLine,
  region: optionalLine,
  categories: z.array(line.min(1)).max(50),
  comment: z
    .string()
    .trim()
    .max(20_000)
    .transform((text) => (text === '' ? null : text))
    .nullable(),
  externalCode: optionalLine,
  /** The clock he lives by, where a person said it (IANA name); else it is read from region and phone. */
  timeZone: optionalLine.refine((name) => name === null || isTimeZone(name)),
  custom: CustomValues,
})
export type ClientFields = z.output<typeof ClientFields>

const children = {
  /** The client's own; a person's stand under `people[].contacts`, so that none loses its person in silence. */
  contacts: z.array(ContactDraft.extend({ personId: z.null().optional() })).max(500),
  people: z.array(PersonDraft).max(500),
  accounts: z.array(AccountDraft).max(100),
  /** Who else works with the client, besides the owner. */
  managerIds: z.array(z.uuid()).max(50),
}

export const ClientDraft = ClientFields.partial()
  .required({ name: true })
  .extend({
    kind: orNull(ClientKind),
    isBuyer: orNull(z.boolean()),
    isSupplier: orNull(z.boolean()),
    categories: orNull(ClientFields.shape.categories),
    custom: orNull(CustomValues),
    contacts: orNull(children.contacts),
    people: orNull(children.people),
    accounts: orNull(children.accounts),
    managerIds: orNull(children.managerIds),
  })
export type ClientDraft = z.output<typeof ClientDraft>

export const ClientPatch = ClientFields.partial().extend(z.object(children).partial().shape)
export type ClientPatch = z.output<typeof ClientPatch>

export const Client = z.object({
  id: z.uuid(),
  /** Number for people, «Код». */
  no: z.number().int(),
  version: z.number().int(),
  kind: ClientKind,
  name: z.string(),
  fullName: z.string().nullable(),
  inn: z.string().nullable(),
  kpp: z.string().nullable(),
  ogrn: z.string().nullable(),
  okpo: z.string().nullable(),
  headClientId: z.uuid().nullable(),
  isBuyer: z.boolean(),
  isSupplier: z.boolean(),
  ownerId: z.uuid().nullable(),
  managerIds: z.array(z.uuid()),
  source: z.string().nullable(),
  stage: z.string().nullable(),
  region: z.string().nullable(),
  categories: z.array(z.string()),
  comment: z.string().nullable(),
  externalCode: z.string().nullable(),
  timeZone: z.string().nullable(),
  custom: z.record(z.string(), z.unknown()),
  /** Field → text as entered, where cleaning repaired it (ИНН, КПП …). */
  entered: z.record(z.string(), z.string()),
  contacts: z.array(Contact),
  people: z.array(Person),
  accounts: z.array(Account),
  nextPlanAt: instant.nullable(),
  /** Latest call, meeting or letter done with him, unless nobody answered. */
  lastContactAt: instant.nullable(),
  createdAt: instant,
  createdBy: z.uuid().nullable(),
  updatedAt: instant,
  updatedBy: z.uuid().nullable(),
  archivedAt: instant.nullable(),
})
export type Client = z.output<typeof Client>

/** A likely twin. One the caller may not see is named by its owner only: `id` and `name` are null. */
export const Twin = z.object({
  id: z.uuid().nullable(),
  name: z.string().nullable(),
  ownerName: z.string().nullable(),
  archived: z.boolean(),
  score: z.enum(['same', 'likely', 'candidate']),
  reasons: z.array(z.string()),
})
export type Twin = z.output<typeof Twin>

const id = z.object({ id: z.uuid() })
const limit = z.coerce.number().int().min(1).max(500).default(50)

export const listClients = endpoint({
  method: 'GET',
  reads: 'list',
  path: '/clients',
  summary: 'Clients the caller may see: whole, with contacts and people, page by page',
  input: ClientFilter.extend({ sort: ClientSort.optional(), cursor: z.string().max(2000).optional(), limit }),
  output: pageOf(Client),
})
export const countClients = endpoint({
  method: 'GET',
  path: '/clients/count',
  summary:
    'How many clients a filter finds; `exact` false: at least so many, unless all were asked to be counted (`all=true`)',
  input: ClientFilter.extend({ all: z.stringbool().or(z.boolean()).optional() }),
  output: z.object({ count: z.number().int(), exact: z.boolean() }),
})
export const getClient = endpoint({
  method: 'GET',
  reads: 'card',
  path: '/clients/:id',
  summary: 'One client',
  input: id,
  output: Client,
})
export const createClient = endpoint({
  method: 'POST',
  path: '/clients',
  summary: 'Enters a client; likely twins are told, never refused',
  status: 201,
  input: ClientDraft,
  output: Client.extend({ duplicates: z.array(Twin) }),
})
export const updateClient = endpoint({
  method: 'PATCH',
  reads: 'list',
  path: '/clients/:id',
  summary: 'Changes fields; 409 only where a field of this PATCH changed after `version`',
  input: ClientPatch.extend({ id: z.uuid(), version: z.number().int() }),
  output: Client,
})
export const archiveClient = endpoint({
  method: 'DELETE',
  path: '/clients/:id',
  summary: 'Archives: out of lists, restorable',
  input: id,
  output: z.object({ changeSetId: z.uuid() }),
})
export const restoreClient = endpoint({
  method: 'DELETE',
  path: '/clients/:id/archival',
  summary: 'Takes a client out of the archive',
  input: id,
  output: Client,
})
export const checkContact = endpoint({
  method: 'POST',
  path: '/contacts/:id/checks',
  summary: 'Marks a contact as checked («проверено») now by the caller',
  input: id,
  output: Contact,
})
export const findTwins = endpoint({
  method: 'GET',
  reads: 'list',
  path: '/clients/duplicates',
  summary: 'Likely twins of what is being typed',
  input: z.object({
    name: line.optional(),
    inn: line.optional(),
    kpp: line.optional(),
    phones: listOf(line).optional(),
    emails: listOf(line).optional(),
    except: z.uuid().optional(),
  }),
  output: z.array(Twin),
})
export const listSeats = endpoint({
  method: 'GET',
  path: '/clients/:id/seats',
  summary: 'Why the client is seen: seats by person and reason',
  input: id,
  output: z.array(
    z.object({
      userId: z.uuid(),
      reason: z.enum(['owner', 'shared', 'substitution']),
      until: instant.nullable(),
    }),
  ),
})
/** A line of a card's history: a row of the client or of what belongs to it, as one act changed it. */
export const HistoryLine = ChangedRow.omit({ clientId: true, clientName: true }).extend({
  changeSetId: z.uuid(),
  at: instant,
  authorId: z.uuid(),
  onBehalfOf: z.uuid().nullable(),
  act: z.string(),
  reversedAct: z.string().nullable(),
})
export type HistoryLine = z.output<typeof HistoryLine>
export const clientHistory = endpoint({
  method: 'GET',
  reads: 'list',
  path: '/clients/:id/history',
  summary: 'Who changed what, the latest first',
  input: id.extend({ cursor: z.string().max(200).optional(), limit }),
  output: pageOf(HistoryLine),
})
export const restoreFromHistory = endpoint({
  method: 'POST',
  path: '/clients/:id/restorations',
  summary:
    'Sets what a line of the history changed back to what was before, whatever has happened since; brings a removed row or an archived client back',
  input: id.extend({
    changeSetId: z.uuid(),
    entity: z.enum(['clients', 'people', 'contacts', 'bank_accounts', 'activities', 'files', 'seats']),
    rowId: z.uuid(),
    /** Columns of the line's `before`; without them all of it. */
    fields: z.array(z.string().max(60)).min(1).max(60).optional(),
  }),
  /** `changeSetId` null: it was so already. */
  output: z.object({ changeSetId: z.uuid().nullable() }),
})
/** What the caller's clients lack by the company's required kinds: figures of his first screen; each number is the length of a list. */
export const myGaps = endpoint({
  method: 'GET',
  reads: 'list',
  path: '/clients/gaps',
  summary: 'How many clients lack a required kind of contact',
  input: z.object({ owner: z.uuid().optional() }),
  output: z.object({
    clients: z.number().int(),
    complete: z.number().int(),
    missing: z.partialRecord(ContactKind, z.number().int()),
  }),
})
export const exportClients = endpoint({
  method: 'POST',
  path: '/clients/exports',
  summary:
    'Writes what a filter shows into a file, as a job; needs the right of export, goes into the journal',
  status: 202,
  input: ClientFilter.extend({
    sort: ClientSort.default('name'),
    format: z.enum(['xlsx', 'csv']),
    columns: z.array(z.string().max(60)).min(1).max(100),
    language: z.enum(['ru', 'en']).default('ru'),
  }),
  output: z.object({ jobId: z.uuid() }),
})
