import { getClient, updateClient, type Client, type ClientPatch } from '#features/clients/contract.ts'
import { call } from '#web/api.ts'
import { ApiProblem } from '#web/problem.ts'
import { askWhose } from './ask-whose.tsx'
import type { Conflict, Whose } from './ConflictForm.tsx'
import { isSameValue } from './same-value.ts'

/**
 * Sends a change of a client with the version the person saw. Where others changed the same fields meanwhile, asks for each: mine, theirs
 * or as it was before; fields that say the same already are no question.
 * @param own what the same person sent since that version: his own former word is nobody else's
 * @returns the client as it is now
 * @throws ApiProblem
 */
export async function saveClient(
  client: Pick<Client, 'id' | 'version'>,
  patch: ClientPatch,
  { signal, own = [] }: { signal?: AbortSignal; own?: readonly ClientPatch[] } = {},
): Promise<Client> {
  const options = signal ? { signal } : {}
  try {
    return await call(updateClient, { id: client.id, version: client.version, ...patch } as never, options)
  } catch (error) {
    const conflict = conflictOf(error)
    if (!conflict) throw error
    const fields = Object.keys(conflict.current)
    const settled = fields.filter((field) => isSame(conflict, field))
    const mine = fields.filter((field) => isOwn(conflict, field, own))
    const asked = fields.filter((field) => !settled.includes(field) && !mine.includes(field))
    const choices: Record<string, Whose> = {
      ...Object.fromEntries(mine.map((field) => [field, 'mine' as const])),
      ...(asked.length > 0 && (await askWhose(narrowed(conflict, asked)))),
    }
    const decided = decidedPatch(patch, conflict, choices)
    return Object.keys(decided).length > 0
      ? saveClient({ id: client.id, version: conflict.version }, decided, { ...(signal && { signal }) })
      : call(getClient, { id: client.id }, options)
  }
}

const conflictOf = (error: unknown): Conflict | undefined =>
  error instanceof ApiProblem && error.status === 409 && error.body.current
    ? (error.body as unknown as Conflict)
    : undefined

type Values = Record<string, unknown>

/** The head's own fields are one field to the server: those this edit does not name are not its business. */
const named = (field: string, value: unknown, yours: unknown): unknown =>
  field === 'custom'
    ? Object.fromEntries(Object.keys(yours as Values).map((key) => [key, ((value ?? {}) as Values)[key]]))
    : value

/** An edit whose answer was lost on the way comes a second time: what it says stands there already. */
const isSame = ({ current, yours }: Conflict, field: string) =>
  isSameValue(named(field, current[field], yours[field]), yours[field])

/** Nobody else has touched it: what stands there is what stood there, or what this person said himself. */
const isOwn = ({ current, yours, before }: Conflict, field: string, own: readonly ClientPatch[]) => {
  const now = named(field, current[field], yours[field])
  const said = own.some((patch) => field in patch && isSameValue(now, (patch as Values)[field]))
  return said || (field === 'custom' && isSameValue(now, named(field, before[field], yours[field])))
}

const narrowed = (conflict: Conflict, fields: readonly string[]): Conflict => ({
  ...conflict,
  current: Object.fromEntries(fields.map((field) => [field, conflict.current[field]])),
})

/** What is sent after the answers: fields nobody else touched, and those where the person's own or the former value shall stand. */
function decidedPatch(patch: ClientPatch, conflict: Conflict, choices: Record<string, Whose>): ClientPatch {
  const entries = Object.entries(patch).flatMap(([field, value]): [string, unknown][] => {
    if (!(field in conflict.current) || choices[field] === 'mine') return [[field, value]]
    return choices[field] === 'before'
      ? [[field, asDrafts(conflict.before[field], conflict.current[field])]]
      : []
  })
  return Object.fromEntries(entries)
}

/** A former list is sent as it would be entered: rows that are gone meanwhile come back as new ones. */
function asDrafts(before: unknown, current: unknown): unknown {
  if (!Array.isArray(before)) return before ?? null
  const there = new Set((current as { id?: string }[]).map(({ id }) => id))
  return before.map((row: unknown) => {
    if (typeof row !== 'object' || row === null) return row
    const { id, contacts, ...fields } = row as { id?: string; contacts?: unknown }
    return {
      ...fields,
      ...(there.has(id) && { id }),
      ...(Array.isArray(contacts) && {
        contacts: asDrafts(
          contacts,
          (current as { contacts?: [] }[]).flatMap((other) => other.contacts ?? []),
        ),
      }),
    }
  })
}
