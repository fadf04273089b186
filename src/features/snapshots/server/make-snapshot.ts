import type { SnapshotFilter } from '#features/snapshots/contract.ts'
import { filterSql } from '#features/clients/server/where.ts'
import type { Statement } from '#server/db/as-caller.ts'
import { Params } from '#server/db/params.ts'
import { rowOf, rowsOf, send } from '#server/db/tx.ts'
import { jobKind } from '#server/jobs/queue.ts'

/** Of a person's snapshots so many are kept; the hour takes the rest. */
const mostKept = 3

/** Fills a snapshot in one statement as the person who asked; a try that broke off left nothing behind. */
export const snapshotMaking = jobKind('snapshots.make', async ({ id }: { id: string }, job) => {
  await job.asUser((tx) =>
    rowsOf(
      tx,
      `delete from snapshots where user_id = caller_id() and (expires_at < now()
         or no not in (select no from snapshots where user_id = caller_id() order by no desc limit ${mostKept}))`,
    ),
  )
  await job.asUser(async (tx) => {
    const snapshot = await rowOf<{ no: number; at: string; filter: SnapshotFilter }>(
      tx,
      `select no, at, filter from snapshots where id = $1 and counts is null`,
      [id],
    )
    if (!snapshot) return
    await send(
      tx,
      { text: `select set_config('work_mem', '64MB', true), set_config('jit', 'off', true)` },
      fillStatement(snapshot.no, snapshot.at, snapshot.filter),
      { text: countStatement, values: [snapshot.no] },
    )
  })
  return { snapshotId: id }
})

/**
 * Clients that the filter shows now or would have shown then. What was then is a client's row with what has changed since laid over it;
 * contacts, people and the search box are asked as of now. Only rows changed after the moment are looked into one by one.
 */
export function fillStatement(no: number, at: string, filter: SnapshotFilter): Statement {
  const params = new Params()
  const moment = `${params.add(at)}::timestamptz`
  const number = `${params.add(no)}::int`
  const then = filterSql(filter, params)
  const now = filterSql(filter, params)
  const text = `insert into snapshot_clients (snapshot_no, n, client_id, change)
    with later as materialized (
      select ch.entity, ch.row_id, ch.client_id, ch.op, ch.before, ch.seq from changes ch
      where ch.at > ${moment} and ch.client_id is not null
        and (ch.entity in ('clients', 'people', 'contacts', 'bank_accounts')
          or (ch.entity = 'seats' and coalesce(ch.before, ch.after) ->> 'reason' = 'shared'))),
    entered as materialized (select l.row_id as id from later l where l.entity = 'clients' and l.op = 'i'),
    since as materialized (
      select l.entity, l.client_id, l.row_id, (array_agg(l.op order by l.seq desc))[count(*)] <> 'i' as existed,
        coalesce(merged(l.before order by l.seq desc), '{}') as was
      from later l where not exists (select 1 from entered e where e.id = l.client_id) group by 1, 2, 3),
    before as materialized (
      select c.id, c.name_key, c.archived_at is null as live, ${then} as fits, differs_from(s.was, to_jsonb(p)) as differs
      from since s join clients p on p.id = s.row_id
      cross join lateral jsonb_populate_record(p, s.was || jsonb_build_object('name_key', fold(coalesce(s.was ->> 'name', p.name)))) c
      where s.entity = 'clients'),
    differing as materialized (
      select id from before where differs
      ${['people', 'contacts', 'bank_accounts'].map(changedChildren).join('')}
      union select s.client_id from since s where s.entity = 'seats'
        and s.existed <> (shared_with(s.client_id)::jsonb ? s.row_id::text))
    select ${number}, row_number() over (order by k, id), id, change from (
      select c.id, coalesce(b.name_key, c.name_key) collate "C" as k,
        case when e.id is not null or not b.live then 'appeared' when c.archived_at is not null then 'gone'
          when d.id is not null then 'changed' else 'same' end as change
      from clients c left join before b on b.id = c.id left join entered e on e.id = c.id left join differing d on d.id = c.id
      where (${now}) or b.fits) found`
  return { text, values: params.values }
}

const changedChildren = (table: string) => `
      union select s.client_id from since s left join ${table} p on p.id = s.row_id
        where s.entity = '${table}' and case when p.id is null then s.existed else not s.existed or differs_from(s.was, to_jsonb(p)) end`

const countStatement = `update snapshots set counts = (
    select jsonb_build_object('clients', count(*) filter (where change <> 'appeared'), 'changed', count(*) filter (where change = 'changed'),
      'gone', count(*) filter (where change = 'gone'), 'appeared', count(*) filter (where change = 'appeared'))
    from snapshot_clients where snapshot_no = $1) where no = $1`
