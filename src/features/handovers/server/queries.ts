import type { Handover, previewHandover } from '#features/handovers/contract.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { notFound } from '#server/http/problem.ts'
import type { OutputOf } from '#shared/endpoint.ts'

const columns = `h.id, h.from_id as "fromId", h.dismissed, h.change_set_id as "changeSetId", h.counts, h.created_at as "createdAt",
  h.created_by as "createdBy", h.reversed_at as "reversedAt",
  h.reversed_at is null and h.created_at > now() - interval '30 days' and (caller_role() = 'head' or h.created_by = caller_id()) as "mayReverse",
  (select coalesce(json_agg(json_build_object('toId', s.to_id, 'clients', s.clients) order by s.clients desc), '[]')
   from (select to_id, count(*)::int as clients from handover_clients c where c.handover_id = h.id group by to_id) s) as successors`

export async function findHandovers(
  tx: Tx,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
) {
  const rows = await rowsOf<Handover>(
    tx,
    `select ${columns} from handovers h where $1::uuid is null or h.id < $1 order by h.id desc limit $2`,
    [cursor ?? null, limit + 1],
  )
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null }
}

/** @throws Problem 404 */
export async function findHandover(tx: Tx, id: string): Promise<Handover> {
  const row = await rowOf<Handover>(tx, `select ${columns} from handovers h where h.id = $1`, [id])
  if (!row) throw notFound()
  return row
}

type Besides = Omit<OutputOf<typeof previewHandover>['holds'], 'clients' | 'shared' | 'plan'>

/** What a person has beside clients, for who may hand them over. Imports, views and files stay his; sessions, keys and jobs end with a dismissal. */
export async function besidesOf(tx: Tx, person: string) {
  const row = await rowOf<Besides>(
    tx,
    `select b.imports, b.views, b.files, b.requests, b.stands_in as "standsIn", b.distribution, b.alarms, a.sessions, a.tokens, a.jobs
     from belongings_of($1) b, access_of($1) a`,
    [person],
  )
  return row!
}
