import type { z } from 'zod'
import type { getAbc, listAbcClients } from '#features/indicators/contract.ts'
import type { Caller } from '#server/auth/caller.ts'
import { Params } from '#server/db/params.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { decodeCursor, encodeCursor } from '#server/http/cursor.ts'
import { notFound } from '#server/http/problem.ts'
import { whoseSql } from './families.ts'

type Asked = z.output<(typeof getAbc)['input']>

interface Class {
  class: 'A' | 'B' | 'C'
  clients: number
  sum: number
  least: number
}

/** Clients by what they bring. @throws Problem 404 where the field is no number field of the company's */
export async function abcOf(tx: Tx, caller: Caller, input: Asked) {
  await requireNumberField(tx, input.field)
  const params = new Params()
  const classes = await rowsOf<Class>(
    tx,
    `${classedSql(input, caller, params)}
     select class, count(*)::int as clients, sum(value) as sum, min(value) as least from classed group by class order by class`,
    params.values,
  )
  const counting = new Params()
  const of = valueSql(counting.add(input.field))
  const without = await rowOf<{ count: number }>(
    tx,
    `select count(*)::int as count from clients c
     where c.archived_at is null and ${whoseSql('c.owner_id', input, caller, counting)} and coalesce(${of}, 0) <= 0`,
    counting.values,
  )
  return { classes, sum: classes.reduce((all, { sum }) => all + sum, 0), without: without!.count }
}

interface Cursor {
  value: number
  id: string
  count: number
}

interface Row {
  id: string
  name: string
  ownerId: string | null
  value: number
  share: number
}

/** One page of a class, the largest first. */
export async function abcPage(tx: Tx, caller: Caller, input: z.output<(typeof listAbcClients)['input']>) {
  await requireNumberField(tx, input.field)
  const after = decodeCursor(input.cursor, isCursor)
  const params = new Params()
  const classed = classedSql(input, caller, params)
  const wanted = `class = ${params.add(input.class)}`
  const past = after
    ? ` and (-value, id) > (-${params.add(after.value)}::float8, ${params.add(after.id)}::uuid)`
    : ''
  const rows = await rowsOf<Row & { count: number }>(
    tx,
    `${classed}
     select k.id, c.name, c.owner_id as "ownerId", k.value, k.value / k.whole as share,
       (select count(*)::int from classed where ${wanted}) as count
     from (select * from classed where ${wanted}${past} order by value desc, id limit ${input.limit + 1}) k join clients c on c.id = k.id
     order by k.value desc, k.id`,
    params.values,
  )
  const count = after?.count ?? rows[0]?.count ?? 0
  const items = rows.slice(0, input.limit).map(({ count: _, ...row }): Row => row)
  const last = items.at(-1)
  return {
    items,
    nextCursor:
      rows.length > input.limit && last ? encodeCursor({ value: last.value, id: last.id, count }) : null,
    count,
  }
}

async function requireNumberField(tx: Tx, key: string) {
  if (!(await rowOf(tx, `select 1 from custom_fields where key = $1 and type = 'number'`, [key])))
    throw notFound()
}

const valueSql = (field: string) =>
  `case when jsonb_typeof(c.custom -> ${field}) = 'number' then (c.custom ->> ${field})::float8 end`

/** `classed`: id, value, class, whole. The client that crosses a bound still belongs to the class it completes. */
const classedSql = (input: Asked, caller: Caller, params: Params) => {
  const value = valueSql(params.add(input.field))
  return `with classed as materialized (
    select id, value, whole, case when above < whole * 0.8 then 'A' when above < whole * 0.95 then 'B' else 'C' end as class
    from (select id, value, sum(value) over () as whole,
            sum(value) over (order by value desc, id rows unbounded preceding) - value as above
          from (select c.id, ${value} as value from clients c
                where c.archived_at is null and ${whoseSql('c.owner_id', input, caller, params)}) v where value > 0) r)`
}

const isCursor = (at: unknown): at is Cursor => {
  const { value, id, count } = (at ?? {}) as Partial<Cursor>
  return Number.isFinite(value) && /^[0-9a-f-]{36}$/.test(String(id)) && Number.isInteger(count)
}
