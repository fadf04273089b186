import type { LiveChange } from '#web/live/live.ts'

/** What a cached answer is about: single records, sums over many, or nothing that changes of clients make old. */
export type Subject = 'records' | 'sums' | 'nothing'

/** By address, so that the first screen need not load the contracts of all others. */
const records = [
  '/clients/:id',
  '/clients/:id/history',
  '/clients/:id/seats',
  '/clients/:id/files',
  '/activities',
]
const sums = [
  '/clients/count',
  '/clients/gaps',
  '/activities',
  '/calendar',
  '/birthdays',
  '/reminders',
  '/change-sets',
  '/undo',
  '/imports',
  '/handovers',
  '/fill-requests/mine',
  '/fill-requests/:id/progress',
]
const sumsBelow = ['/my-day', '/reports/', '/indicators', '/day-sheets']
/** A list read this far is not read again as a whole for every act of somebody else. */
const mostPages = 3

interface Query {
  queryKey: readonly unknown[]
  state: { data: unknown }
}

const pathOf = ({ queryKey }: Query) => String(queryKey[0]).replace(/^GET /, '')

const inputOf = ({ queryKey }: Query) =>
  (queryKey.slice(1).find((part) => typeof part === 'object' && part !== null) ?? {}) as Record<
    string,
    unknown
  >

const pagesOf = ({ state }: Query) => ((state.data ?? {}) as { pages?: unknown[] }).pages?.length ?? 1

/** The client a record is of; undefined for a list over many. */
const clientOf = (query: Query) => inputOf(query).id ?? inputOf(query).client

export function subjectOf(query: Query): Subject {
  const path = pathOf(query)
  if (records.includes(path) && clientOf(query) !== undefined) return 'records'
  const isSum = sums.includes(path) || sumsBelow.some((root) => path.startsWith(root))
  return isSum && pagesOf(query) <= mostPages ? 'sums' : 'nothing'
}

/** Whether a record's answer is old after these changes. A client already seen in its newest version is not. */
export function isTouched(
  query: Query & { state: { data: unknown } },
  changes: readonly LiveChange[],
): boolean {
  const client = clientOf(query)
  const about = changes.filter(({ id, clientId }) => clientId === client || id === client || id === null)
  if (about.length === 0) return false
  switch (pathOf(query)) {
    case '/activities':
      return about.some(({ entity, id }) => entity === 'activities' || id === null)
    case '/clients/:id/files':
      return about.some(({ entity, id }) => entity === 'files' || id === null)
    case '/clients/:id': {
      const { version } = (query.state.data ?? {}) as { version?: number }
      return about.some((change) => isNewer(change, version))
    }
    default:
      return true
  }
}

/** An entry of a client moves its next plan, which is no new version. */
const isNewer = (change: LiveChange, known: number | undefined) =>
  change.entity !== 'clients' || change.version === null || known === undefined || change.version > known

/** Is the record of a client that this person no longer sees. */
export const isGone = (query: Query, changes: readonly LiveChange[]) =>
  changes.some(({ gone, id }) => gone && id === clientOf(query)) && subjectOf(query) === 'records'
