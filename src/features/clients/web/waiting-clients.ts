import { useMemo } from 'react'
import type { Client, ClientPatch, Contact, ContactDraft, PersonDraft } from '#features/clients/contract.ts'
import { useWaitingOf } from '#web/live/outbox.ts'

/** An edit of one client that waits for the line: what it changes, and the version its author saw. */
export interface ClientEdit {
  id: string
  version: number
  patch: ClientPatch
  /** What the same person changed before it, and what waited too. */
  own: readonly ClientPatch[]
}

/** Cells of many clients that wait for the line, as the table sends them. */
export interface CellEdits {
  edits: readonly { id: string; version: number; field: string; text: string }[]
  /** Rows to be made, each under the id it will have. */
  creates: readonly { id: string; cells: Record<string, string> }[]
}

/** Rows that exist only until the server has made them; such an id is never sent. */
const unborn = '00000000-0000-4000-8000-'
let count = 0
const newUnborn = () => unborn + String((count += 1)).padStart(12, '0')

/** Waiting edits of cards by client, the earliest first. */
export function useWaitingEdits(): ReadonlyMap<string, readonly ClientEdit[]> {
  const edits = useWaitingOf<ClientEdit>('client')
  return useMemo(() => Map.groupBy(edits, ({ id }) => id), [edits])
}

/** Texts of waiting cells: `<client> <field>` → text. */
export function useWaitingCells(): ReadonlyMap<string, string> {
  const sets = useWaitingOf<CellEdits>('cells')
  return useMemo(
    () =>
      new Map(
        sets.flatMap(({ edits }) => edits.map(({ id, field, text }) => [`${id} ${field}`, text] as const)),
      ),
    [sets],
  )
}

/** A client as it will be once what waits has been sent. */
export function withEdits(client: Client, edits: readonly ClientEdit[]): Client {
  return edits.reduce((changed, { patch }) => withPatch(changed, patch), client)
}

function withPatch(client: Client, { contacts, people, accounts, custom, ...fields }: ClientPatch): Client {
  return {
    ...client,
    ...definedOf(fields),
    ...(custom && { custom: { ...client.custom, ...custom } }),
    ...(contacts && { contacts: contactsOf(contacts, client.contacts) }),
    ...(people && { people: peopleOf(people, client) }),
    ...(accounts && {
      accounts: accounts.map((draft) => ({
        bic: null,
        bank: null,
        corrAccount: null,
        primary: false,
        ...client.accounts.find(({ id }) => id === draft.id),
        ...definedOf(draft),
        id: draft.id ?? newUnborn(),
      })),
    }),
  }
}

const definedOf = <Value extends object>(value: Value) =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as {
    [Name in keyof Value]: Exclude<Value[Name], undefined>
  }

const blank = {
  label: null,
  normalized: null,
  extension: null,
  verdict: 'ok',
  reason: null,
  note: null,
  primary: false,
  doNotCall: false,
  personId: null,
  checkedAt: null,
  checkedBy: null,
} as const

/** The verdict of a new value is the server's; until then there is nothing to say against it. */
function contactsOf(drafts: readonly ContactDraft[], known: readonly Contact[]): Contact[] {
  return drafts.map((draft) => {
    const before = known.find(({ id }) => id === draft.id)
    const same = before?.value === draft.value ? before : undefined
    return { ...blank, ...same, ...definedOf(draft), id: draft.id ?? newUnborn() } as Contact
  })
}

function peopleOf(drafts: readonly PersonDraft[], { people }: Client): Client['people'] {
  return drafts.map((draft) => {
    const before = people.find(({ id }) => id === draft.id)
    const nothing = { name: '', lastName: null, firstName: null, middleName: null, gender: null }
    const more = { position: null, role: null, birthday: null, comment: null }
    return {
      ...nothing,
      ...more,
      ...before,
      ...definedOf(draft),
      id: draft.id ?? newUnborn(),
      contacts: draft.contacts
        ? contactsOf(draft.contacts, before?.contacts ?? [])
        : (before?.contacts ?? []),
    } as Client['people'][number]
  })
}

/** A patch without ids of rows the server has not made yet. */
export function sendable(patch: ClientPatch): ClientPatch {
  const born = <Row extends { id?: string | undefined }>(row: Row): Row =>
    row.id?.startsWith(unborn) ? { ...row, id: undefined } : row
  return {
    ...patch,
    ...(patch.contacts && { contacts: patch.contacts.map(born) }),
    ...(patch.accounts && { accounts: patch.accounts.map(born) }),
    ...(patch.people && {
      people: patch.people.map((person) => ({
        ...born(person),
        ...(person.contacts && { contacts: person.contacts.map(born) }),
      })),
    }),
  }
}

/** Names of fields as the screen has them. */
export const fieldsOf = (edits: readonly ClientEdit[]): ReadonlySet<string> =>
  new Set(
    edits.flatMap(({ patch }) =>
      Object.keys(patch).flatMap((field) => {
        if (field === 'custom') return Object.keys(patch.custom ?? {}).map((key) => `custom.${key}`)
        return field === 'ownerId' ? ['owner'] : field === 'managerIds' ? ['managers'] : [field]
      }),
    ),
  )
