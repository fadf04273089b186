import pg from 'pg'
import type { Target } from './http-load.ts'
import { postJson } from './post-json.ts'
import type { Role } from './roles.ts'
import type { Line } from './table.ts'
import { timedLine } from './timed-get.ts'

/** A portfolio given to three successors and back, and the first page of a deputy while he stands in. */
export async function measureHandover(
  roles: Role[],
  target: (role: Role) => Target,
  owner: pg.ClientConfig,
): Promise<Line[]> {
  const head = target(roles.find(({ name }) => name === 'head')!)
  const manager = roles.find(({ name }) => name === 'manager')!
  const client = new pg.Client(owner)
  await client.connect()
  const others = await client.query<{ id: string; clients: number }>(
    `select u.id, count(*)::int as clients from users u join clients c on c.owner_id = u.id
     where u.role = 'manager' and u.active and u.id <> $1 group by u.id order by count(*) desc limit 4`,
    [manager.caller.userId],
  )
  await client.end()
  const [from, ...to] = others.rows as [{ id: string; clients: number }, ...{ id: string }[]]
  const parts = to.map(({ id }, at) => ({ toId: id, filter: {}, share: 1 / (to.length - at) }))
  let id = ''
  const given = await timed(async () => {
    id = ((await postJson(head, '/handovers', { fromId: from.id, parts })) as { id: string }).id
  })
  const back = await timed(() => postJson(head, `/handovers/${id}/reversal`, {}))
  const aim = Math.max(5, from.clients / 2_000)
  const line = (what: string, took: number): Line => ({
    what: `${what} of ${from.clients.toLocaleString('en')} clients`,
    who: 'head',
    figure: `${took.toFixed(1)} s`,
    budget: `≤ ${aim.toFixed(0)} s`,
    holds: took <= aim,
  })
  const substitution = (await postJson(head, '/substitutions', {
    absentId: from.id,
    deputyIds: [manager.caller.userId],
    from: new Date(Date.now() - 3_600_000).toISOString(),
    to: new Date(Date.now() + 3_600_000).toISOString(),
  })) as { id: string }
  const page = await timedLine(
    'first page of a deputy',
    manager.name,
    target(manager),
    ['/clients?limit=50'],
    60,
  )
  await postJson(head, `/substitutions/${substitution.id}`, { to: new Date().toISOString() }, 'PATCH')
  return [line('handover', given), line('reversal of the handover', back), page]
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}
