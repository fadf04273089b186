import type { z } from 'zod'
import { mostNews, type NewsItem } from '#features/my-day/contract.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'

type Item = z.output<typeof NewsItem>

const since = `greatest(coalesce(news_seen_at, product_now() - interval '7 days'), product_now() - interval '14 days')`

// Clients by the index of an owner's latest changes; events as the trigger tell_owners keeps them.
const statement = `
  with looked as materialized (select ${since} as at from users where id = (select caller_id())),
  touched as (
    select c.updated_at as at, c.updated_by as by, c.id as client_id, c.name, c.created_at > (select at from looked) as is_new, null::json as activity
    from clients c
    where c.owner_id = (select caller_id()) and c.archived_at is null and c.updated_at > (select at from looked)
      and c.updated_by is distinct from (select caller_id())
    order by c.updated_at desc limit ${mostNews + 1}),
  events as (
    select n.at, n.by, c.id, c.name, false, json_build_object('id', a.id, 'kind', a.kind, 'text', a.text, 'result', a.result)
    from (select * from activity_news where owner_id = (select caller_id()) and at > (select at from looked)
          order by at desc limit ${mostNews + 1}) n
      join activities a on a.id = n.activity_id join clients c on c.id = a.client_id
    where c.archived_at is null)
  select at, by, client_id as "clientId", name as "clientName", is_new as "isNew", activity
  from (select * from touched union all select * from events) n order by at desc, client_id limit ${mostNews + 1}`

/** What others did to the caller's own clients since he last looked, the latest first. */
export async function newsOf(tx: Tx) {
  const looked = await rowOf<{ at: string }>(tx, `select ${since} as at from users where id = caller_id()`)
  const items = await rowsOf<Item>(tx, statement)
  return { since: looked!.at, exact: items.length <= mostNews, items: items.slice(0, mostNews) }
}

/** Never back: a second window that was open longer does not bring old news again. */
export async function markNewsSeen(tx: Tx, until: string) {
  await rowsOf(tx, 'delete from activity_news where owner_id = caller_id() and at <= $1', [until])
  const row = await rowOf<{ since: string }>(
    tx,
    `update users set news_seen_at = greatest(news_seen_at, least($1::timestamptz, product_now())) where id = caller_id()
     returning news_seen_at as since`,
    [until],
  )
  return row!
}
