import {
  type DayFigures,
  type DayScope,
  type DaySheet,
  type DaySheets,
  mostDays,
  noFigures,
} from '#features/day-sheets/contract.ts'
import { dayAfter } from '#features/activities/when.ts'
import { whoseSql } from '#features/indicators/server/families.ts'
import type { Caller } from '#server/auth/caller.ts'
import { companyDay } from '#server/db/company-day.ts'
import { Params } from '#server/db/params.ts'
import { rowsOf, type Tx } from '#server/db/tx.ts'
import { invalid } from '#server/http/problem.ts'
import { figuresOf, keyOf } from './figures.ts'
import { spanOf } from './sources.ts'

interface Kept {
  userId: string
  day: string
  comment: string
  figures: DayFigures | null
  closedAt: string | null
  closedBy: string | null
}

/** Day sheets of the people the caller answers for. @throws Problem 422 where there are too many days */
export async function sheetsOf(
  tx: Tx,
  caller: Pick<Caller, 'id' | 'role'>,
  scope: DayScope,
  now: Date,
  most = mostDays,
): Promise<DaySheets> {
  const span = await spanOf(tx, scope)
  const days = daysOf(scope)
  if (days.length > most) {
    throw invalid('to', {
      ru: `За один раз показывается не больше дней, чем ${most}.`,
      en: `No more than ${most} days are shown at once.`,
    })
  }
  const found = await figuresOf(tx, caller, scope, span)
  const kept = new Map((await keptOf(tx, caller, scope)).map((one) => [keyOf(one.userId, one.day), one]))
  const active = new Set([...found.keys(), ...kept.keys()].map((key) => key.slice(0, 36)))
  const people = (await peopleOf(tx, caller, scope)).filter(
    ({ userId, expected }) => expected || active.has(userId),
  )
  return {
    today: await companyDay(tx, now),
    people: people.map(({ userId, name }) => ({ userId, name })),
    sheets: days.flatMap((day) =>
      people.map(({ userId }) =>
        sheetFrom(userId, day, found.get(keyOf(userId, day)), kept.get(keyOf(userId, day))),
      ),
    ),
  }
}

/** One person's one day. */
export async function sheetOf(
  tx: Tx,
  caller: Pick<Caller, 'role'>,
  userId: string,
  day: string,
): Promise<DaySheet> {
  const scope = { from: day, to: day, user: [userId] }
  const found = await figuresOf(tx, caller, scope, await spanOf(tx, scope))
  const [kept] = await keptOf(tx, caller, scope)
  return sheetFrom(userId, day, found.get(keyOf(userId, day)), kept)
}

const sheetFrom = (
  userId: string,
  day: string,
  figures: DayFigures | undefined,
  kept: Kept | undefined,
): DaySheet => ({
  userId,
  day,
  figures: figures ?? noFigures,
  comment: kept?.comment ?? '',
  closed:
    kept?.closedAt && kept.closedBy
      ? { at: kept.closedAt, by: kept.closedBy, figures: { ...noFigures, ...kept.figures } }
      : null,
})

export function daysOf({ from, to }: DayScope): string[] {
  const days = []
  for (let day = from; day <= to; day = dayAfter(day, 1)) {
    days.push(day)
    if (days.length > 400) break
  }
  return days
}

function keptOf(tx: Tx, caller: Pick<Caller, 'role'>, scope: DayScope): Promise<Kept[]> {
  const params = new Params()
  return rowsOf<Kept>(
    tx,
    `select d.user_id as "userId", d.day, d.comment, d.figures, d.closed_at as "closedAt", d.closed_by as "closedBy"
     from day_sheets d where d.day between ${params.add(scope.from)}::date and ${params.add(scope.to)}::date
       and ${whoseSql('d.user_id', scope, caller, params)}`,
    params.values,
  )
}

/** `expected`: who keeps a sheet though there is nothing on it, and the caller himself. */
function peopleOf(tx: Tx, caller: Pick<Caller, 'id' | 'role'>, scope: DayScope) {
  const params = new Params()
  return rowsOf<{ userId: string; name: string; expected: boolean }>(
    tx,
    `select u.id as "userId", u.name, u.active and u.role in ('manager', 'team-head') as expected
     from users u where ${whoseSql('u.id', scope, caller, params)} order by u.name_key, u.id`,
    params.values,
  )
}
