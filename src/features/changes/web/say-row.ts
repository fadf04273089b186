import { exists, t } from '#web/i18n/translation.ts'
import type { ChangedRow } from '#features/changes/contract.ts'
import { clientFields, contactKindTitles, kindTitles } from '#features/clients/fields.ts'
import { formatDate, formatDateTime } from '#web/format.ts'
import type { ru } from './words.ru.ts'

/** A value in words; `clientId`: the name of another client; null: blank. */
export type Said = string | { clientId: string } | null

/** One field of a changed row: what it is called, what it was, what it became, and the columns that go back with it. */
export interface SaidField {
  title: string
  before: Said
  after: Said
  columns: string[]
}

export interface SaidRow {
  /** What became of the row, or what it is called where only fields of it changed; null for the client itself. */
  headline: string | null
  /** The row was removed or archived as a whole, or entered: the headline says all. */
  whole: boolean
  fields: SaidField[]
}

/** What words of the head's own and of colleagues the values are said in. */
export interface ChangeWords {
  language: 'ru' | 'en'
  nameOfUser: (id: string) => string
  customFields: readonly { key: string; title: string }[]
}

type Row = Pick<ChangedRow, 'entity' | 'op' | 'label' | 'before' | 'after'>
type Values = Record<string, unknown>
type RowWord = keyof typeof ru.row

/** Columns no person wrote: they follow from others or tell what the journal says anyway. */
const unsaid = new Set(
  (
    'id client_id person_id activity_id version ordinal normalized reason match_key checked_by name_core entered gender ' +
    'archived_by created_at created_by updated_at updated_by field_versions sha256 size media_type moment'
  ).split(' '),
)

/** Column → columns that go back with it; they are not told beside it. */
const followers: Record<string, string[]> = {
  'clients.name': ['name_core'],
  'clients.archived_at': ['archived_by'],
  'people.name': ['last_name', 'first_name', 'middle_name', 'gender'],
  'contacts.value': ['normalized', 'extension', 'verdict', 'reason', 'match_key', 'checked_at', 'checked_by'],
  'contacts.verdict': ['reason', 'normalized', 'match_key'],
  'contacts.checked_at': ['checked_by'],
}

/** A changed row of the journal in words for a person. */
export function sayRow(row: Row, words: ChangeWords): SaidRow {
  const label = row.label ?? t('changes.row.unnamed')
  const whole = wholeRow(row)
  if (whole) return { headline: t(`changes.row.${whole}`, { label }), whole: true, fields: [] }
  return {
    headline:
      row.entity === 'clients' ? null : t(`changes.row.${row.entity}-u` as 'changes.row.people-u', { label }),
    whole: false,
    fields: fieldsOf(row, words),
  }
}

function wholeRow({ entity, op, before, after }: Row): RowWord | null {
  if (op !== 'u') return `${entity}-${op}` as RowWord
  if (entity === 'clients' && before && 'archived_at' in before)
    return after?.archived_at ? 'archived' : 'unarchived'
  if (entity === 'files' && before && 'deleted_at' in before)
    return after?.deleted_at ? 'file-deleted' : 'file-restored'
  return null
}

function fieldsOf({ entity, before, after }: Row, words: ChangeWords): SaidField[] {
  const columns = Object.keys(before ?? {})
  const following = new Set(columns.flatMap((column) => followers[`${entity}.${column}`] ?? []))
  return columns
    .filter((column) => !unsaid.has(column) && !following.has(column))
    .flatMap((column) =>
      column === 'custom'
        ? customFields(before!, after ?? {}, words)
        : [
            {
              title: titleOf(entity, column, words),
              before: sayValue(entity, column, before![column], words),
              after: sayValue(entity, column, after?.[column], words),
              columns: [column, ...(followers[`${entity}.${column}`] ?? [])].filter((name) =>
                columns.includes(name),
              ),
            },
          ],
    )
}

/** The head's own fields, those of them that differ. */
function customFields(before: Values, after: Values, words: ChangeWords): SaidField[] {
  const [was, is] = [before.custom, after.custom].map((custom) => (custom ?? {}) as Values) as [
    Values,
    Values,
  ]
  const keys = new Set([...Object.keys(was), ...Object.keys(is)])
  return [...keys]
    .filter((key) => JSON.stringify(was[key] ?? null) !== JSON.stringify(is[key] ?? null))
    .map((key) => ({
      title: words.customFields.find((field) => field.key === key)?.title ?? key,
      before: sayPlain(was[key]),
      after: sayPlain(is[key]),
      columns: ['custom'],
    }))
}

const ownNames: Record<string, keyof typeof ru.column> = {
  'people.name': 'person_name',
  'contacts.kind': 'contact_kind',
  'files.name': 'file_name',
}
const camel = (column: string) => column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

/** What a column is called on the screens. */
export function titleOf(entity: string, column: string, { language }: Pick<ChangeWords, 'language'>): string {
  if (entity === 'clients' && column !== 'head_client_id') {
    const id = column === 'owner_id' ? 'owner' : camel(column)
    return clientFields.find((field) => field.id === id)?.title[language] ?? column
  }
  const key = `changes.column.${ownNames[`${entity}.${column}`] ?? column}`
  return exists(key) ? t(key) : column
}

function sayValue(entity: string, column: string, value: unknown, words: ChangeWords): Said {
  if (value === null || value === undefined || value === '') return null
  const text = String(value)
  switch (column) {
    case 'owner_id':
    case 'user_id':
      return words.nameOfUser(text) || t('changes.somebody')
    case 'head_client_id':
      return { clientId: text }
    case 'kind':
      if (entity === 'clients') return kindTitles[text as 'person']?.[words.language] ?? text
      if (entity === 'contacts') return contactKindTitles[text as 'phone']?.[words.language] ?? text
      return t(`activities.${text as 'call'}`)
    case 'verdict':
      return t(`verdict-name.${text as 'ok'}`)
    case 'birthday':
      return formatDate(text)
    case 'due_at':
    case 'done_at':
    case 'checked_at':
    case 'deleted_at':
      return formatDateTime(text)
    default:
      return sayPlain(value)
  }
}

function sayPlain(value: unknown): Said {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'boolean') return t(value ? 'clients.yes' : 'clients.no')
  if (Array.isArray(value)) return value.length > 0 ? value.map(String).join('; ') : null
  if (typeof value === 'object') return JSON.stringify(value)
  return /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? formatDate(String(value)) : String(value)
}
