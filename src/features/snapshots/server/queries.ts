import type { z } from 'zod'
import type { listSnapshotClients, Snapshot, SnapshotClient } from '#features/snapshots/contract.ts'
import { rowOf, rowsOf, send, type Tx } from '#server/db/tx.ts'
import { type Language, notFound, type Sentence } from '#server/http/problem.ts'
import { asOfStatement, byId, nowStatement } from './as-of.ts'

type SnapshotRecord = Omit<Snapshot, 'problem'> & { problem: Sentence | null }

const columns = `s.id, s.at, s.filter, s.job_id as "jobId", s.counts, s.created_at as "createdAt", s.expires_at as "expiresAt", j.problem,
  case when s.counts is not null then 'ready' when j.status in ('failed', 'cancelled') then 'failed' else 'making' end as status`
const source = 'from snapshots s left join jobs j on j.id = s.job_id where s.expires_at > now()'

const told = (row: SnapshotRecord, language: Language): Snapshot => ({
  ...row,
  problem: row.problem?.[language] ?? null,
})

/** A snapshot of the caller's own. @throws Problem 404, also where its hour is over */
export async function findSnapshot(tx: Tx, id: string, language: Language): Promise<Snapshot> {
  const row = await rowOf<SnapshotRecord>(tx, `select ${columns} ${source} and s.id = $1`, [id])
  if (!row) throw notFound()
  return told(row, language)
}

export const findSnapshots = async (tx: Tx, language: Language): Promise<Snapshot[]> =>
  (await rowsOf<SnapshotRecord>(tx, `select ${columns} ${source} order by s.no desc`)).map((row) =>
    told(row, language),
  )

type PageInput = z.output<(typeof listSnapshotClients)['input']>

/** One page: clients the caller no longer sees have left it. @throws Problem 404 */
export async function snapshotPage(tx: Tx, { id, change, cursor = 0, limit }: PageInput) {
  const snapshot = await rowOf<{ no: number; at: string }>(
    tx,
    `select no, at from snapshots where id = $1 and expires_at > now() and counts is not null`,
    [id],
  )
  if (!snapshot) throw notFound()
  const rows = await rowsOf<{ id: string; n: number; change: SnapshotClient['change'] }>(
    tx,
    `select s.client_id as id, s.n, s.change from snapshot_clients s join clients c on c.id = s.client_id
     where s.snapshot_no = $1 and s.n > $2 and ${change ? 's.change = $4' : `$4::text is null and s.change <> 'appeared'`}
     order by s.n limit $3`,
    [snapshot.no, cursor, limit + 1, change ?? null],
  )
  const page = rows.slice(0, limit)
  const items = await compared(tx, page, snapshot.at)
  return { items, nextCursor: rows.length > limit ? String(page.at(-1)!.n) : null }
}

async function compared(tx: Tx, page: { id: string; change: SnapshotClient['change'] }[], at: string) {
  const changed = page.filter(({ change }) => change !== 'same').map(({ id }) => id)
  const [then, now] = await send(
    tx,
    asOfStatement(
      page.map(({ id }) => id),
      at,
    ),
    nowStatement(changed),
  )
  const was = byId(then!.rows[0])
  const is = byId(now!.rows[0])
  return page.map(({ id, change }): SnapshotClient => ({
    id,
    change,
    was: was.get(id) ?? null,
    now: is.get(id) ?? null,
  }))
}
