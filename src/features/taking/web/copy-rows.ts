import { addCopy, getQuota } from '#features/taking/contract.ts'
import { call } from '#web/api.ts'
import type { CopyGuard } from '#web/copy-guard.ts'
import { withWords } from '#web/i18n/i18n.ts'
import { takeAway } from './take-away.ts'

/** What is left of the hour is asked for anew after so long. */
const freshMs = 10 * 60_000

/** The contract takes no more. */
const mostNamed = 10_000

/** So many pass before anything is known: as many as somebody types by hand. */
const few = 20

let left: number | null | undefined
/** Whose exports have no bound is not asked, only written down. */
let isUnbound = false
let knownAt = 0
let asking: Promise<unknown> | undefined

/** Where the rows are copied from: the screen and its filter. */
const screen = () => ({ screen: location.pathname, ...(location.search && { filter: location.search }) })

async function tell(
  way: 'clipboard' | 'print',
  rows: number,
  columns: readonly string[],
  ids: readonly string[] = [],
) {
  const clientIds = ids.slice(0, mostNamed)
  const answer = await call(addCopy, { way, rows, selection: screen(), columns: [...columns], clientIds })
  left = answer.copyLeft
  knownAt = Date.now()
}

/** A few rows leave in passing and are told of; more are an export, asked about first. */
export const rowGuard: CopyGuard = {
  prepare: () => {
    if (left !== undefined && Date.now() - knownAt < freshMs) return
    asking = call(getQuota, {}).then(
      ({ copyLeft, mayExport, quota }) => {
        left = copyLeft
        isUnbound = mayExport && quota === null
        knownAt = Date.now()
      },
      () => {},
    )
  },
  free: () => (isUnbound ? null : left === undefined ? few : left),
  passed: (way, rows, columns, ids) => {
    if (typeof left === 'number') left = Math.max(0, left - rows)
    void tell(way, rows, columns, ids).catch(() => {})
  },
  allow: async (way, rows, columns, ids) => {
    rowGuard.prepare()
    await asking
    const isFew = typeof left === 'number' && rows <= left
    if (!isFew && left !== null && !isUnbound) {
      const { askCopy } = await withWords(['taking'], import('./ask-copy.ts'))
      if (!(await askCopy(way, rows))) return false
    }
    let may = false
    await takeAway(async () => {
      await tell(way, rows, columns, ids)
      may = true
    })
    return may
  },
}
