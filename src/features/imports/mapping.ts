import { z } from 'zod'

/** What a column of a table may become; `custom:<key>` is a field the head defined. */
export const TARGETS = [
  'name',
  'fullName',
  'inn',
  'kpp',
  'innKpp',
  'ogrn',
  'okpo',
  'kind',
  'region',
  'source',
  'stage',
  'categories',
  'comment',
  'note',
  'owner',
  'isBuyer',
  'isSupplier',
  'headClient',
  'createdAt',
  'externalCode',
  'person.name',
  'person.lastName',
  'person.firstName',
  'person.middleName',
  'person.position',
  'person.role',
  'person.birthday',
  'person.comment',
  'phone',
  'phone.extension',
  'email',
  'address',
  'website',
  'messenger',
  'other',
  'contacts',
  'address.index',
  'address.country',
  'address.region',
  'address.district',
  'address.city',
  'address.street',
  'address.house',
  'address.flat',
  'account',
  'bic',
  'bank',
  'corrAccount',
] as const

export const Target = z.union([
  z.enum(TARGETS),
  z.templateLiteral(['custom:', z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)]),
])
export type Target = z.output<typeof Target>

export const MappingColumn = z.object({
  /** Counted from 0. */
  index: z.number().int().min(0).max(16_383),
  header: z.string().max(1000),
  /** null: the column is left out. */
  target: Target.nullable(),
  /** The «вид» of a contact or address («мобильный», «юридический»), the service of a messenger, the role of a person. */
  label: z.string().max(100).nullable().default(null),
  /** Whose contact it is. */
  of: z.enum(['client', 'person']).default('client'),
  /** Which person of the row, counted from 0: a row may name several. */
  person: z.number().int().min(0).max(19).default(0),
  /** 0 … 1: how sure the proposal is. */
  confidence: z.number().min(0).max(1).default(1),
})
export type MappingColumn = z.output<typeof MappingColumn>

export const Mapping = z.object({
  /** Position of the sheet in the file, counted from 0. */
  sheet: z.number().int().min(0).max(10_000),
  /** Number of the last row of the header as the table shows it; rows up to it are no clients. null: there is no header. */
  headerRow: z.number().int().min(1).nullable(),
  /** Rows with a lone text between full ones are titles of groups, as 1C writes them. */
  groupRows: z.boolean().default(false),
  columns: z.array(MappingColumn).max(2000),
})
export type Mapping = z.output<typeof Mapping>

/** What a person says of a table: a whole mapping, or a sheet alone, or a sheet and its header; what he leaves out is proposed. */
export const MappingChoice = z.object({
  sheet: Mapping.shape.sheet,
  headerRow: Mapping.shape.headerRow.optional(),
  groupRows: z.boolean().optional(),
  columns: Mapping.shape.columns.optional(),
})
export type MappingChoice = z.output<typeof MappingChoice>
