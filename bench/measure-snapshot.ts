import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Target } from './http-load.ts'
import type { Role } from './roles.ts'
import type { Line } from './table.ts'

/** One client in so many is changed after the moment, another archived, so that there is a past to go back to. */
const changedOf = 10
const goneOf = 200

/**
 * Everything a role sees as of a moment, order to ready: most of the time is that of the job's one statement. Then a page of what has changed.
 * @param clients all clients of the base
 */
export async function measureSnapshot(
  roles: readonly Role[],
  target: (role: Role) => Target,
  owner: pg.ClientConfig,
  clients: number,
): Promise<Line[]> {
  const at = await changeSince(owner, roles.at(-1)!.caller.userId)
  const most = Math.max(2, clients / 33_000)
  const lines: Line[] = []
  for (const role of roles) lines.push(...(await measureRole(role, target(role), at, most)))
  return lines
}

async function measureRole(role: Role, target: Target, at: string, most: number): Promise<Line[]> {
  const began = performance.now()
  const { id } = await call<{ id: string }>(target, 'POST', '/snapshots', { at })
  const made = await ready(target, id)
  const seconds = (performance.now() - began) / 1000
  const pageBegan = performance.now()
  const page = await call<{ items: unknown[] }>(
    target,
    'GET',
    `/snapshots/${id}/clients?change=changed&limit=100`,
  )
  const pageMs = performance.now() - pageBegan
  const { counts } = made
  return [
    {
      what: 'snapshot of all as of a moment',
      who: role.name,
      figure: `${seconds.toFixed(1)} s, ${counts.clients.toLocaleString('en')} clients, ${counts.changed.toLocaleString('en')} changed`,
      budget: `≤ ${most.toFixed(0)} s`,
      holds: seconds <= most && counts.changed > 0,
    },
    {
      what: 'page of 100 changed, then and now',
      who: role.name,
      figure: `${pageMs.toFixed(0)} ms, ${page.items.length} clients`,
      budget: '≤ 300 ms',
      holds: pageMs <= 300 && page.items.length > 0,
    },
  ]
}

interface Made {
  status: string
  counts: { clients: number; changed: number; gone: number; appeared: number }
}

async function ready(target: Target, id: string): Promise<Made> {
  for (;;) {
    const snapshot = await call<Made>(target, 'GET', `/snapshots/${id}`)
    if (snapshot.status === 'ready') return snapshot
    if (snapshot.status === 'failed') throw new Error('the snapshot failed')
    await pause(50)
  }
}

/** Changes as the journal would have noted them, written past the triggers: filling the base is not what is measured. @returns the moment before them */
async function changeSince(owner: pg.ClientConfig, authorId: string): Promise<string> {
  const client = new pg.Client({ ...owner, options: '-c timezone=UTC -c session_replication_role=replica' })
  await client.connect()
  try {
    const { rows } = await client.query<{ at: string }>('select now()::text as at')
    await pause(5)
    await client.query(
      `with act as (insert into change_sets (author_id, act) values ($1, 'client.bulk-edit') returning id),
       changed as (
         select c.id, c.region, c.version from clients c where c.archived_at is null and abs(hashtext(c.id::text)) % ${changedOf} = 0),
       noted as (
         insert into changes (change_set_id, entity, row_id, client_id, op, before, after)
         select act.id, 'clients', c.id, c.id, 'u', jsonb_build_object('region', c.region, 'version', c.version),
           jsonb_build_object('region', 'Иная', 'version', c.version + 1) from changed c, act)
       update clients c set region = 'Иная', version = c.version + 1 from changed where changed.id = c.id`,
      [authorId],
    )
    await client.query(
      `with act as (insert into change_sets (author_id, act) values ($1, 'client.archive') returning id),
       gone as (
         select c.id, c.version from clients c where c.archived_at is null and abs(hashtext(c.id::text)) % ${goneOf} = 1),
       noted as (
         insert into changes (change_set_id, entity, row_id, client_id, op, before, after)
         select act.id, 'clients', c.id, c.id, 'u', jsonb_build_object('archived_at', null, 'version', c.version),
           jsonb_build_object('archived_at', now(), 'version', c.version + 1) from gone c, act)
       update clients c set archived_at = now(), version = c.version + 1 from gone where gone.id = c.id`,
      [authorId],
    )
    await client.query('analyze changes')
    return new Date(rows[0]!.at).toISOString()
  } finally {
    await client.end()
  }
}

async function call<Body>(
  { host, port, token }: Target,
  method: string,
  path: string,
  body?: object,
): Promise<Body> {
  const answer = await fetch(`http://${host}:${port}/api${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Body
}
