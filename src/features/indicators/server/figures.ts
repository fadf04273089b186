import {
  type EarlierFigures,
  type Figures,
  type Indicator,
  type IndicatorRow,
  indicators,
  type Indicators,
  type IndicatorScope,
  momentary,
} from '#features/indicators/contract.ts'
import { requirementsOf, type Requirements } from '#features/reports/server/requirements.ts'
import type { Caller } from '#server/auth/caller.ts'
import type { Statement } from '#server/db/as-caller.ts'
import { Params } from '#server/db/params.ts'
import { rowsOf, send, type Tx } from '#server/db/tx.ts'
import { families, type FamilyName, whoseSql } from './families.ts'
import { checkedDays, earlierDays, type Moments, momentsOf } from './periods.ts'

type Line = Partial<Figures> & { key: string | null; whole: boolean }

const all = Object.keys(families) as FamilyName[]
/** What can be counted of a period that is over. */
const lasting = all.filter((name) => name !== 'late' && name !== 'kept' && name !== 'complete')

const nothing = Object.fromEntries([
  ...indicators.map((name) => [name, 0]),
  ['responseHours', null],
]) as Figures

/** Figures by manager or team, and of all together: a median is not the sum of medians. */
export async function figuresOf(
  tx: Tx,
  caller: Caller,
  scope: IndicatorScope,
  noneLabel: string,
): Promise<Indicators> {
  const days = checkedDays(scope)
  const earlier = earlierDays(scope)
  const { periods, today } = await momentsOf(tx, earlier ? [days, earlier] : [days])
  const needs = await requirementsOf(tx)
  const asked = [
    ...all.map((name) => statementOf(name, scope, caller, needs, periods[0]!, today)),
    ...(periods[1] ? lasting.map((name) => statementOf(name, scope, caller, needs, periods[1]!, today)) : []),
  ]
  const answers = (await send(tx, ...asked)).map(({ rows }) => rows as Line[])
  const now = gathered(answers.slice(0, all.length))
  const before = earlier ? gathered(answers.slice(all.length)) : null
  const people = await namesOf(tx, caller, scope)
  const labels = new Map(people.map(({ key, label }) => [key, label]))
  const expected = people.filter(({ active }) => active).map(({ key }) => key)
  const keys = new Set([...expected, ...now.rows.keys(), ...(before?.rows.keys() ?? [])])
  const rows = [...keys].map((key): IndicatorRow => ({
    key,
    label: labels.get(key) ?? noneLabel,
    figures: { ...nothing, ...now.rows.get(key) },
    earlier: before && earlierFigures(before.rows.get(key)),
  }))
  return {
    period: days,
    earlier,
    rows: rows.toSorted(
      (a, b) => Number(a.key === 'none') - Number(b.key === 'none') || a.label.localeCompare(b.label, 'ru'),
    ),
    total: { figures: { ...nothing, ...now.whole }, earlier: before && earlierFigures(before.whole) },
  }
}

function statementOf(
  name: FamilyName,
  scope: IndicatorScope,
  caller: Caller,
  needs: Requirements,
  period: Moments,
  today: string,
): Statement {
  const params = new Params()
  const family = families[name]({ params, period, today, needs })
  const counts = Object.entries(family.figures).map(
    ([figure, condition]) => `count(*) filter (where ${condition})::int as "${figure}"`,
  )
  const where = `${family.where} and ${whoseSql(family.who, scope, caller, params)}`
  const values = params.values
  if (name === 'entered') {
    const key = scope.groupBy === 'team' ? 'u.team_id' : family.who
    return {
      text: `select coalesce(${key}::text, 'none') as key, grouping(${key}) = 1 as whole, ${counts.join(', ')}, ${responseHours}
        from ${family.from} left join users u on u.id = ${family.who} where ${where} group by grouping sets ((${key}), ())`,
      values,
    }
  }
  // What adds up is counted by person alone, which several workers may do: the rest is a sum of some fifty lines.
  const sums = Object.keys(family.figures).map((figure) => `sum(f."${figure}")::int as "${figure}"`)
  return {
    text: `select coalesce(${scope.groupBy === 'team' ? 'u.team_id' : 'f.who'}::text, 'none') as key, false as whole, ${sums.join(', ')}
      from (select ${family.who} as who, ${counts.join(', ')} from ${family.from} where ${where} group by 1) f
        left join users u on u.id = f.who group by 1`,
    values,
  }
}

const responseHours = `round((percentile_cont(0.5) within group (order by extract(epoch from answer.at - c.created_at) / 3600))::numeric, 1)::float8 as "responseHours"`

/** One line a key out of the lines of every family. */
function gathered(answers: Line[][]) {
  const rows = new Map<string, Partial<Figures>>()
  let whole: Partial<Figures> = {}
  for (const lines of answers) {
    const told = lines.find((line) => line.whole)
    whole = { ...whole, ...(told ? figuresIn(told) : summed(lines)) }
    for (const line of lines)
      if (!line.whole) rows.set(line.key!, { ...rows.get(line.key!), ...figuresIn(line) })
  }
  return { rows, whole }
}

const figuresIn = ({ key: _, whole: __, ...figures }: Line): Partial<Figures> => figures

function summed(lines: Line[]): Partial<Figures> {
  const sums: Partial<Record<Indicator, number>> = {}
  for (const line of lines)
    for (const [name, value] of Object.entries(figuresIn(line)) as [Indicator, number][])
      sums[name] = (sums[name] ?? 0) + value
  return sums
}

function earlierFigures(known: Partial<Figures> | undefined): EarlierFigures {
  const figures: EarlierFigures = { ...nothing, ...known }
  for (const name of momentary) figures[name] = null
  return figures
}

/** Names of lines; `active`: gets one though there is nothing to count, as people who work with clients and teams do. */
async function namesOf(tx: Tx, caller: Caller, scope: IndicatorScope) {
  const params = new Params()
  const mine = whoseSql('u.id', scope, caller, params)
  return rowsOf<{ key: string; label: string; active: boolean }>(
    tx,
    scope.groupBy === 'team'
      ? `select distinct t.id as key, t.name as label, true as active from teams t join users u on u.team_id = t.id where ${mine}`
      : `select u.id as key, u.name as label, u.active and u.role in ('manager', 'team-head') as active from users u where ${mine}`,
    params.values,
  )
}
