import type { Canary } from '#features/canaries/contract.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { notFound } from '#server/http/problem.ts'

export const findCanaries = (tx: Tx, ids?: string[]) =>
  rowsOf<Canary>(
    tx,
    `select json_build_object('id', c.id, 'name', c.name, 'archived', c.archived_at is not null) as client, c.owner_id as "ownerId", n.made,
       n.created_at as "createdAt", n.created_by as "createdBy",
       (select count(*)::int from alarms a where a.client_id = n.client_id and a.kind like 'canary.%') as alarms
     from canaries n join clients c on c.id = n.client_id left join users u on u.id = c.owner_id
     where $1::uuid[] is null or n.client_id = any ($1)
     order by u.name_key nulls last, c.name_key, c.id`,
    [ids],
  )

/** @throws Problem 404 where there is no such client */
export async function mark(tx: Tx, id: string) {
  if (!(await rowOf(tx, 'select 1 from clients where id = $1', [id]))) throw notFound()
  await rowsOf(tx, 'insert into canaries (client_id, made) values ($1, false) on conflict do nothing', [id])
}

/** @throws Problem 404 where it is none */
export async function unmark(tx: Tx, id: string) {
  if (!(await rowOf(tx, 'delete from canaries where client_id = $1 returning 1', [id]))) throw notFound()
}
