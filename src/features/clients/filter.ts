import { z } from 'zod'
import { listOf } from '#shared/endpoint.ts'
import { ContactKind } from '#shared/verdict.ts'

/** Orders that are quick for every role. Others (any column) are honest but slower on a big base. */
export const namedOrders = ['name', 'owner', 'region', 'stage', 'created', 'changed', 'nextPlan'] as const
export const plainOrders = [
  'no',
  'kind',
  'fullName',
  'inn',
  'kpp',
  'ogrn',
  'okpo',
  'source',
  'comment',
  'lastContact',
] as const

/** `name`, or `-name` from the end. */
export const ClientSort = z
  .string()
  .refine((text) => ([...namedOrders, ...plainOrders] as string[]).includes(text.replace(/^-/, '')))

/** Fields a condition may name; `custom.<key>` for fields of the head's own; a kind of contact for its state. */
export const conditionFields = [
  'kind',
  'name',
  'fullName',
  'inn',
  'kpp',
  'ogrn',
  'okpo',
  'owner',
  'source',
  'stage',
  'region',
  'categories',
  'comment',
  'externalCode',
  'isBuyer',
  'isSupplier',
  'headClient',
  'created',
  'changed',
  'nextPlan',
  'lastContact',
  'timeZone',
  'no',
  'manager',
  'team',
  'phone',
  'email',
  'address',
  'website',
  'messenger',
  'other',
  'person',
  'position',
  'birthday',
] as const

export const Condition = z.object({
  field: z.union([z.enum(conditionFields), z.string().regex(/^custom\.[a-z][a-z0-9_]{0,39}$/)]),
  op: z.enum([
    'is',
    'not',
    'contains',
    'starts',
    'empty',
    'filled',
    'from',
    'to',
    'state',
    'lacking',
    'silent',
  ]),
  /** `silent`, of lastContact: for longer than the rhythm says. Values for is/not/state (any of), one for the rest; none for empty/filled. */
  value: z
    .union([z.string().max(500), z.number(), z.boolean(), z.array(z.string().max(500)).max(500)])
    .optional(),
})
export type Condition = z.output<typeof Condition>

const fromJson = z.preprocess((given, context) => {
  if (typeof given !== 'string') return given
  try {
    return JSON.parse(given)
  } catch {
    context.addIssue({ code: 'custom', message: 'JSON' })
    return z.NEVER
  }
}, z.array(Condition).max(50))

/** What a list, a count, an export and a report are narrowed by. `where` is JSON: an array of conditions, all of which hold. */
export const ClientFilter = z.object({
  /** Of these clients only: what a screen asks about rows it has learned to be old. */
  ids: listOf(z.uuid())
    .refine((ids) => ids.length <= 500)
    .optional(),
  search: z.string().max(300).optional(),
  /** User id, `me`, or `none` for clients without an owner. */
  owner: listOf(z.string().max(40)).optional(),
  team: listOf(z.uuid()).optional(),
  kind: listOf(z.string().max(20)).optional(),
  stage: listOf(z.string().max(200)).optional(),
  region: listOf(z.string().max(200)).optional(),
  source: listOf(z.string().max(200)).optional(),
  category: listOf(z.string().max(200)).optional(),
  /** Clients that have no contact of any of these kinds. */
  missing: listOf(ContactKind).optional(),
  /** Clients without a valid contact of one of these kinds though it is required of them, by the company, their stage or a category. */
  lacking: listOf(ContactKind).optional(),
  /** Clients nobody has spoken to for longer than the rhythm of their categories, or of the company, says. */
  forgotten: z.stringbool().or(z.boolean()).optional(),
  archived: z.stringbool().or(z.boolean()).optional(),
  where: fromJson.optional(),
})
export type ClientFilter = z.output<typeof ClientFilter>
