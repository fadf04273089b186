import { type DayFigures, type DayScope, noFigures } from '#features/day-sheets/contract.ts'
import { whoseSql } from '#features/indicators/server/families.ts'
import type { Moments } from '#features/indicators/server/periods.ts'
import type { Caller } from '#server/auth/caller.ts'
import type { Statement } from '#server/db/as-caller.ts'
import { Params } from '#server/db/params.ts'
import { send, type Tx } from '#server/db/tx.ts'
import { daySql, type SourceName, sources } from './sources.ts'

/** `person day` → figures, of every day on which somebody did something; one round trip. */
export async function figuresOf(
  tx: Tx,
  caller: Pick<Caller, 'role'>,
  scope: DayScope,
  span: Moments,
): Promise<Map<string, DayFigures>> {
  const names = Object.keys(sources) as SourceName[]
  const answers = await send(tx, ...names.map((name) => statementOf(name, caller, scope, span)))
  const found = new Map<string, DayFigures>()
  for (const { rows } of answers) {
    for (const { userId, day, ...figures } of rows as (Partial<DayFigures> & {
      userId: string
      day: string
    })[]) {
      const key = keyOf(userId, day)
      found.set(key, { ...noFigures, ...found.get(key), ...figures })
    }
  }
  return found
}

export const keyOf = (userId: string, day: string) => `${userId} ${day}`

function statementOf(
  name: SourceName,
  caller: Pick<Caller, 'role'>,
  scope: DayScope,
  span: Moments,
): Statement {
  const params = new Params()
  const source = sources[name](span, params)
  const counted = source.distinct ? `distinct ${source.distinct}` : '*'
  const counts = Object.entries(source.figures).map(
    ([figure, condition]) => `count(${counted}) filter (where ${condition})::int as "${figure}"`,
  )
  return {
    text: `select ${source.who} as "userId", ${daySql(source.at)}::text as day, ${counts.join(', ')}
      from ${source.from} where ${source.where} and ${source.who} is not null and ${whoseSql(source.who, scope, caller, params)}
      group by 1, 2`,
    values: params.values,
  }
}
