import type { Caller } from '#server/auth/caller.ts'
import { Params } from '#server/db/params.ts'
import { rowsOf, type Tx } from '#server/db/tx.ts'
import { ReportScope } from '#features/reports/contract.ts'
import { requiredSql, requirementsOf } from './requirements.ts'
import { unitsOf } from './units.ts'

/** The figure of the first screen: how many of the caller's clients are complete, and whose are the worst. */
export async function headlineOf(tx: Tx, caller: Caller) {
  const needs = await requirementsOf(tx)
  const params = new Params()
  const { from, where } = unitsOf(ReportScope.parse({}), [], caller, needs, params)
  const rows = await rowsOf<{
    id: string | null
    name: string | null
    mine: boolean
    clients: number
    complete: number
  }>(
    tx,
    `select g.owner_id as id, o.name,
       caller_role() = 'head' or coalesce(g.owner_id = any ((select visible_user_ids())::uuid[]), false) as mine, sum(n)::int as clients, coalesce(sum(n) filter (where g.complete), 0)::int as complete
     from (select v.owner_id, ${requiredSql(needs, params)} as complete, count(*) as n from ${from} where ${where} group by 1, 2) g
       left join users o on o.id = g.owner_id
     group by 1, 2, 3`,
    params.values,
  )
  const clients = rows.reduce((sum, row) => sum + row.clients, 0)
  const complete = rows.reduce((sum, row) => sum + row.complete, 0)
  const worst = rows
    // A client shared by another team says nothing of how its owner keeps his base.
    .flatMap(({ id, name, mine, clients, complete }) =>
      mine && id && name ? [{ managerId: id, name, share: complete / clients, clients }] : [],
    )
    .toSorted((a, b) => a.share - b.share || b.clients - a.clients)[0]
  return {
    clients,
    complete,
    share: clients === 0 ? null : complete / clients,
    worst: worst ? { managerId: worst.managerId, name: worst.name, share: worst.share } : null,
  }
}
