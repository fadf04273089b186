import type { AccountDraft, Client, ContactDraft, PersonDraft } from '#features/clients/contract.ts'
import type { Statement } from '#server/db/as-caller.ts'
import { invalid } from '#server/http/problem.ts'
import {
  accountRow,
  contactRow,
  personRow,
  type AccountRow,
  type ContactRow,
  type PersonRow,
} from './clean.ts'

const contactColumns =
  'id uuid, person_id uuid, ordinal smallint, kind text, label text, value text, normalized text, extension text, verdict text, reason text, match_key text, note text, is_primary boolean, do_not_call boolean'
const personColumns =
  'id uuid, ordinal smallint, name text, last_name text, first_name text, middle_name text, gender text, position text, role text, birthday date, comment text'
const accountColumns =
  'id uuid, ordinal smallint, account text, bic text, bank text, corr_account text, is_primary boolean'

const namesOf = (columns: string) => columns.replace(/(\w+) \w+(,|$)/g, '$1$2')

const assignments = (columns: string) =>
  namesOf(columns)
    .split(', ')
    .filter((name) => name !== 'id')
    .map((name) => `${name} = given.${name}`)
    .join(', ')

const insertInto = (
  table: string,
  columns: string,
  clientId: string,
  rows: object[],
  extra: [string, string] = ['', ''],
): Statement => ({
  text: `insert into ${table} (client_id, ${namesOf(columns)}${extra[0]})
    select $1, ${namesOf(columns)}${extra[1]} from json_to_recordset($2) as given(${columns})`,
  values: [clientId, JSON.stringify(rows)],
})

const updateOf = (
  table: string,
  columns: string,
  clientId: string,
  rows: object[],
  extra = '',
): Statement => ({
  text: `update ${table} t set ${assignments(columns)}${extra}
    from json_to_recordset($2) as given(${columns}) where t.id = given.id and t.client_id = $1`,
  values: [clientId, JSON.stringify(rows)],
})

const deleteFrom = (table: string, clientId: string, ids: string[]): Statement => ({
  text: `delete from ${table} where client_id = $1 and id = any ($2::uuid[])`,
  values: [clientId, ids],
})

/** A value entered now is checked by the person who entered it. */
const checkedNow: [string, string] = [', checked_at, checked_by', ', product_now(), caller_id()']
const checkedNowToo = ', updated_at = product_now(), checked_at = product_now(), checked_by = caller_id()'

/** Statements that write the people, contacts and accounts of a new client. */
export function insertChildren(
  clientId: string,
  draft: {
    contacts?: ContactDraft[] | undefined
    people?: PersonDraft[] | undefined
    accounts?: AccountDraft[] | undefined
  },
  cityCode: string,
): Statement[] {
  const fresh = <T extends { id?: string | undefined }>(item: T): T => ({ ...item, id: undefined })
  const people = (draft.people ?? []).map((person, ordinal) => ({
    person,
    row: personRow(fresh(person), ordinal),
  }))
  const contacts = [
    ...(draft.contacts ?? []).map((contact, ordinal) => contactRow(fresh(contact), ordinal, null, cityCode)),
    ...people.flatMap(({ person, row }) =>
      (person.contacts ?? []).map((contact, ordinal) =>
        contactRow(fresh(contact), ordinal, row.id, cityCode),
      ),
    ),
  ]
  const accounts = (draft.accounts ?? []).map((account, ordinal) => accountRow(fresh(account), ordinal))
  const statements: Statement[] = []
  if (people.length > 0)
    statements.push(
      insertInto(
        'people',
        personColumns,
        clientId,
        people.map(({ row }) => row),
      ),
    )
  if (contacts.length > 0)
    statements.push(insertInto('contacts', contactColumns, clientId, contacts, checkedNow))
  if (accounts.length > 0) statements.push(insertInto('bank_accounts', accountColumns, clientId, accounts))
  return statements
}

/**
 * Statements that make a client's contacts those of the list: with an id changed or kept, without one added, absent removed.
 * `before` are the contacts of the client itself, or of one person.
 */
export function replaceContacts(
  clientId: string,
  personId: string | null,
  before: Client['contacts'],
  drafts: ContactDraft[],
  cityCode: string,
  path: string,
): Statement[] {
  requireKnown(drafts, new Map(before.map((contact) => [contact.id, contact])), path)
  const { gone, retyped, touched, added } = contactChanges(before, drafts, personId, cityCode)
  const statements: Statement[] = []
  if (gone.length > 0) statements.push(deleteFrom('contacts', clientId, gone))
  if (retyped.length > 0)
    statements.push(updateOf('contacts', contactColumns, clientId, retyped, checkedNowToo))
  if (touched.length > 0)
    statements.push(updateOf('contacts', contactColumns, clientId, touched, ', updated_at = product_now()'))
  if (added.length > 0) statements.push(insertInto('contacts', contactColumns, clientId, added, checkedNow))
  return statements
}

export interface ContactChanges {
  gone: string[]
  /** Another value: checked by him who typed it. */
  retyped: ContactRow[]
  /** The same value, another label, note, mark or place. */
  touched: ContactRow[]
  added: ContactRow[]
}

/** What makes contacts those of the list; `before` are the contacts of the client itself, or of one person. */
export function contactChanges(
  before: Client['contacts'],
  drafts: readonly ContactDraft[],
  personId: string | null,
  cityCode: string,
): ContactChanges {
  const known = new Map(before.map((contact) => [contact.id, contact]))
  const rows = drafts.map((draft, ordinal) => contactRow(draft, ordinal, personId, cityCode))
  const kept = rows
    .filter((row) => known.has(row.id))
    .map((row) => keepUnsaid(row, drafts[row.ordinal]!, known.get(row.id)!))
  const isRetyped = (row: ContactRow) => known.get(row.id)!.value !== row.value
  return {
    gone: before.filter(({ id }) => !rows.some((row) => row.id === id)).map(({ id }) => id),
    retyped: kept.filter(isRetyped),
    touched: kept.filter((row) => !isRetyped(row) && differs(row, known.get(row.id)!, before)),
    added: rows.filter((row) => !known.has(row.id)),
  }
}

type OfClient<Row> = Row & { client_id: string }

/** Statements that write changes of many clients' contacts, a statement a table and kind of change. */
export function writeContacts(changes: {
  [Kind in keyof ContactChanges]: OfClient<ContactRow>[] | string[]
}): Statement[] {
  const given = `json_to_recordset($1) as given(client_id uuid, ${contactColumns})`
  const update = (rows: unknown[], extra: string): Statement => ({
    text: `update contacts t set ${assignments(contactColumns)}${extra}
      from ${given} where t.id = given.id and t.client_id = given.client_id`,
    values: [JSON.stringify(rows)],
  })
  const statements: Statement[] = []
  if (changes.gone.length > 0)
    statements.push({ text: 'delete from contacts where id = any ($1::uuid[])', values: [changes.gone] })
  if (changes.retyped.length > 0) statements.push(update(changes.retyped, checkedNowToo))
  if (changes.touched.length > 0) statements.push(update(changes.touched, ', updated_at = product_now()'))
  if (changes.added.length > 0) {
    statements.push({
      text: `insert into contacts (client_id, ${namesOf(contactColumns)}${checkedNow[0]})
        select client_id, ${namesOf(contactColumns)}${checkedNow[1]} from ${given}`,
      values: [JSON.stringify(changes.added)],
    })
  }
  return statements
}

/** What a draft with an id leaves out stays as it was. */
function keepUnsaid(row: ContactRow, draft: ContactDraft, was: Client['contacts'][number]): ContactRow {
  return {
    ...row,
    label: draft.label === undefined ? was.label : row.label,
    note: draft.note === undefined ? was.note : row.note,
    is_primary: draft.primary ?? was.primary,
    do_not_call: draft.doNotCall ?? was.doNotCall,
  }
}

function differs(row: ContactRow, was: Client['contacts'][number], before: Client['contacts']): boolean {
  return (
    row.kind !== was.kind ||
    row.label !== was.label ||
    row.note !== was.note ||
    row.is_primary !== was.primary ||
    row.do_not_call !== was.doNotCall ||
    before.indexOf(was) !== row.ordinal
  )
}

/** Statements that make a client's people those of the list, each with his own contacts. */
export function replacePeople(
  clientId: string,
  before: Client['people'],
  drafts: PersonDraft[],
  cityCode: string,
): Statement[] {
  const known = new Map(before.map((person) => [person.id, person]))
  requireKnown(drafts, known, 'people')
  const rows = drafts.map((draft, ordinal) =>
    mergedPerson(draft, ordinal, draft.id ? known.get(draft.id) : undefined),
  )
  const gone = before.filter((person) => !rows.some((row) => row.id === person.id)).map((person) => person.id)
  const added = rows.filter((row) => !known.has(row.id))
  const kept = rows.filter((row) => known.has(row.id) && personDiffers(row, known.get(row.id)!, before))
  const statements: Statement[] = []
  if (gone.length > 0) statements.push(deleteFrom('people', clientId, gone))
  if (kept.length > 0)
    statements.push(updateOf('people', personColumns, clientId, kept, ', updated_at = product_now()'))
  if (added.length > 0) statements.push(insertInto('people', personColumns, clientId, added))
  drafts.forEach((draft, index) => {
    if (draft.contacts === undefined) return
    const row = rows[index]!
    statements.push(
      ...replaceContacts(
        clientId,
        row.id,
        known.get(row.id)?.contacts ?? [],
        draft.contacts,
        cityCode,
        `people.${index}.contacts`,
      ),
    )
  })
  return statements
}

/** A draft with an id says only what changes; the name is read anew only when it is said. */
function mergedPerson(
  draft: PersonDraft,
  ordinal: number,
  was: Client['people'][number] | undefined,
): PersonRow {
  if (!was) return personRow(draft, ordinal)
  const renamed = [draft.name, draft.lastName, draft.firstName, draft.middleName].some(
    (part) => part !== undefined,
  )
  const row = personRow(renamed ? { ...was, name: undefined, ...draft } : { ...was, ...draft }, ordinal)
  return renamed
    ? row
    : {
        ...row,
        name: was.name,
        last_name: was.lastName,
        first_name: was.firstName,
        middle_name: was.middleName,
        gender: was.gender,
      }
}

function personDiffers(row: PersonRow, was: Client['people'][number], before: Client['people']): boolean {
  return (
    row.name !== was.name ||
    row.last_name !== was.lastName ||
    row.first_name !== was.firstName ||
    row.middle_name !== was.middleName ||
    row.position !== was.position ||
    row.role !== was.role ||
    row.birthday !== was.birthday ||
    row.comment !== was.comment ||
    before.indexOf(was) !== row.ordinal
  )
}

/** Statements that make a client's bank accounts those of the list. */
export function replaceAccounts(
  clientId: string,
  before: Client['accounts'],
  drafts: AccountDraft[],
): Statement[] {
  const known = new Map(before.map((account) => [account.id, account]))
  requireKnown(drafts, known, 'accounts')
  const rows: AccountRow[] = drafts.map((draft, ordinal) =>
    accountRow(draft.id ? { ...known.get(draft.id)!, ...draft } : draft, ordinal),
  )
  const gone = before
    .filter((account) => !rows.some((row) => row.id === account.id))
    .map((account) => account.id)
  const kept = rows.filter((row) => known.has(row.id))
  const added = rows.filter((row) => !known.has(row.id))
  const statements: Statement[] = []
  if (gone.length > 0) statements.push(deleteFrom('bank_accounts', clientId, gone))
  if (kept.length > 0) statements.push(updateOf('bank_accounts', accountColumns, clientId, kept))
  if (added.length > 0) statements.push(insertInto('bank_accounts', accountColumns, clientId, added))
  return statements
}

function requireKnown(drafts: { id?: string | undefined }[], known: Map<string, unknown>, path: string) {
  drafts.forEach((draft, index) => {
    if (draft.id === undefined || known.has(draft.id)) return
    throw invalid(`${path}.${index}.id`, {
      ru: 'У этого клиента такой записи нет: возможно, её уже удалили.',
      en: 'This client has no such record: perhaps it was removed meanwhile.',
    })
  })
}
