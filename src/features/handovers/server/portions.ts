import type { HandoverPart } from '#features/handovers/contract.ts'
import { filterSql } from '#features/clients/server/where.ts'
import { Params } from '#server/db/params.ts'
import type { Statement } from '#server/db/as-caller.ts'
import { rowsOf, type Tx } from '#server/db/tx.ts'

interface Plan {
  fromId: string
  parts: HandoverPart[]
}

/** The place of the part that takes client `c`; null where none does. Archived clients go where they would go unarchived. */
function partSql(parts: readonly HandoverPart[], params: Params): string {
  if (parts.length === 0) return 'null::int'
  const branches = parts.map(({ filter, share }, at) => {
    const live = filterSql({ ...filter, archived: false }, params)
    const archived = filterSql({ ...filter, archived: true }, params)
    // The same clients in the preview and in the act; another tenth for every part.
    const drawn =
      share === undefined || share === 1
        ? ''
        : ` and (hashtextextended(c.id::text, ${at}) & 65535) < ${params.add(share)}::float8 * 65536`
    return `when ((${live}) or (${archived}))${drawn} then ${at}`
  })
  return `case ${branches.join(' ')} end`
}

/** Every client a person holds: `held` (id, owned, part). His own, and those shared with him. */
const heldSql = ({ fromId, parts }: Plan, params: Params) => {
  const from = params.add(fromId)
  return `held as materialized (
    select c.id, c.owner_id = ${from}::uuid as owned, ${partSql(parts, params)} as part from clients c
    where c.owner_id = ${from}::uuid or c.id in (select s.client_id from seats s where s.user_id = ${from}::uuid and s.reason = 'shared'))`
}

export interface Portion {
  part: number | null
  clients: number
  shared: number
  plan: number
}

/** What each part would take, and what none does. */
export function portionsOf(tx: Tx, plan: Plan): Promise<Portion[]> {
  const params = new Params()
  return rowsOf<Portion>(
    tx,
    `with ${heldSql(plan, params)}
     select h.part, count(*) filter (where h.owned)::int as clients, count(*) filter (where not coalesce(h.owned, false))::int as shared,
       coalesce(sum((select count(*) from activities a where a.client_id = h.id and a.user_id = ${params.add(plan.fromId)}::uuid
         and a.done_at is null and a.cancelled_at is null and a.due_at is not null)), 0)::int as plan
     from held h group by h.part`,
    params.values,
  )
}

/** Notes which client goes to whom; of those nobody takes, only where `rest`. */
export function allotting(handoverId: string, plan: Plan, rest: boolean): Statement {
  const params = new Params()
  const text = `with ${heldSql(plan, params)}
    insert into handover_clients (handover_id, client_id, to_id, owned)
    select ${params.add(handoverId)}, h.id, (${params.add(plan.parts.map(({ toId }) => toId))}::uuid[])[h.part + 1], coalesce(h.owned, false)
    from held h where ${rest ? 'true' : 'h.part is not null'}`
  return { text, values: params.values }
}
