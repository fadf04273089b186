import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { copyRows, type RowCopy } from './copy-rows.ts'
import { rowsOf, type Row } from './generate-rows.ts'
import { fillActivities } from './generate-activities.ts'
import { madeUpClient, madeUpPerson } from './made-up-client.ts'
import { SOURCES, STAGES, CATEGORIES, PLACES } from './made-up-names.ts'
import { randomOf, type Random } from './random.ts'
import { withoutIndexes } from './without-indexes.ts'

export interface BenchUser {
  id: string
  role: 'head' | 'team-head' | 'manager'
  teamId: string | null
}

export interface BaseOptions {
  clients: number
  /** Events done in the last year, a client; 0: the few notes and plans alone. */
  activities?: number
  /** Same seed, same base. */
  seed?: number
  say?: (line: string) => void
}

const day = 86_400_000
const sharedToEach = 200
const loaded = ['clients', 'seats', 'people', 'contacts', 'activities', 'client_search', 'client_states']

/**
 * Fills an empty migrated base: a head, 5 teams of a team head and 10 managers, their clients, contacts, notes and plans.
 * Triggers and indexes are off while rows go in; what triggers keep is then filled by the functions they call.
 * @returns everybody but the admin: the head, team heads, managers
 */
export async function generateBase(owner: pg.ClientConfig, options: BaseOptions): Promise<BenchUser[]> {
  const { clients: count, activities = 0, seed = 20261123, say = () => {} } = options
  const random = randomOf(seed)
  const pool = new pg.Pool({
    ...owner,
    options: '-c timezone=UTC -c session_replication_role=replica',
    max: 6,
  })
  try {
    const users = await addPeople(pool, random)
    const began = performance.now()
    const tell = (what: string) => say(`${what}: ${((performance.now() - began) / 1000).toFixed(1)} s`)
    await withoutIndexes(
      pool,
      loaded,
      async () => {
        await copyClients(pool, users, count, random)
        tell('clients copied')
        await seatClients(pool, count)
        tell('seats filled')
        await fillActivities(pool, count, activities)
        if (activities > 0) tell('a year of events filled')
      },
      (table) => !table.startsWith('client_'),
    )
    tell('indexes built')
    await withoutIndexes(pool, ['client_search', 'client_words', 'client_states'], () =>
      fillSearchAndStates(pool, count),
    )
    tell('search and states filled')
    await pool.query('vacuum analyze')
    tell('analyzed')
    return users
  } finally {
    await pool.end()
  }
}

async function addPeople(pool: pg.Pool, random: Random): Promise<BenchUser[]> {
  await pool.query(`insert into company (name) values ('Большая база') on conflict do nothing`)
  const users: BenchUser[] = []
  const add = async (role: BenchUser['role'], teamId: string | null) => {
    const { lastName, firstName } = madeUpPerson(random)
    const { rows } = await pool.query<{ id: string }>(
      'insert into users (email, name, role, team_id) values ($1, $2, $3, $4) returning id',
      [`bench${users.length}@example.test`, `${lastName} ${firstName}`, role, teamId],
    )
    users.push({ id: rows[0]!.id, role, teamId })
  }
  await add('head', null)
  for (let team = 1; team <= 5; team++) {
    const { rows } = await pool.query<{ id: string }>('insert into teams (name) values ($1) returning id', [
      `Отдел ${team}`,
    ])
    await add('team-head', rows[0]!.id)
    for (let manager = 0; manager < 10; manager++) await add('manager', rows[0]!.id)
  }
  for (const [field, names] of Object.entries({
    stage: STAGES,
    source: SOURCES,
    category: CATEGORIES,
    region: PLACES.map((place) => place[0]),
  })) {
    await pool.query(
      `insert into choices (field, name, position) select $1, n, o from unnest($2::text[]) with ordinality as t (n, o)`,
      [field, names],
    )
  }
  await pool.query(`insert into choices (field, name, position, reached) values ('outcome', 'дозвонился', 0, true),
    ('outcome', 'договорились', 1, true), ('outcome', 'просит перезвонить', 2, true), ('outcome', 'не дозвонился', 3, false),
    ('outcome', 'отказ', 4, true)`)
  await pool.query(`update choices set rhythm_days = 30 + 30 * position where field = 'category'`)
  await pool.query('update company set rhythm_days = 120')
  return users
}

/** A COPY a table, all at once on connections of their own. */
async function copyClients(pool: pg.Pool, users: BenchUser[], count: number, random: Random) {
  const connections: pg.PoolClient[] = []
  const copies = new Map<string, RowCopy>()
  const copyOf = async (table: string, row: Row) => {
    const connection = await pool.connect()
    connections.push(connection)
    const made = copyRows(connection, table, Object.keys(row))
    copies.set(table, made)
    return made
  }
  const managers = users.filter((user) => user.role === 'manager')
  const today = Math.floor(Date.now() / day) * day
  for (let number = 1; number <= count; number++) {
    const created = today - (count - number + 1) * Math.floor((3 * 365 * day) / count)
    const entry = { number, owner: ownerOf(managers, random), created, today }
    for (const [table, rows] of Object.entries(rowsOf(madeUpClient(random, number), entry, random))) {
      for (const row of rows) {
        const behind = (copies.get(table) ?? (await copyOf(table, row))).add(Object.values(row))
        if (behind) await behind
      }
    }
    if (number % 4096 === 0) await pause(0)
  }
  await Promise.all([...copies.values()].map((copy) => copy.end()))
  for (const connection of connections) connection.release()
  await pool.query(`select setval(pg_get_serial_sequence('clients', 'no'), $1)`, [count])
}

/** Portfolios differ: the first manager has about 11,600 of a million, the last 27,000; 3 in 100 clients have no owner. */
function ownerOf(managers: BenchUser[], random: Random): string | null {
  if (random.chance(0.03)) return null
  const share = random.next()
  const slope = 0.4
  const place = (Math.sqrt((1 - slope) ** 2 + 4 * slope * share) - (1 - slope)) / (2 * slope)
  return managers[Math.min(managers.length - 1, Math.floor(place * managers.length))]!.id
}

async function seatClients(pool: pg.Pool, count: number) {
  await pool.query(`insert into seats (client_id, user_id, reason, created_at)
    select id, owner_id, 'owner', created_at from clients where owner_id is not null`)
  await pool.query(
    `insert into seats (client_id, user_id, reason, owner_id, name_key, region_key, stage_key, changed_at, next_plan_at, live)
     select c.id, u.id, 'shared', c.owner_id, c.name_key, coalesce(c.region, E'\\uFFFF'), coalesce(c.stage, E'\\uFFFF'),
       c.updated_at, c.next_plan_at, true from users u
     cross join lateral (select (abs(hashint8extended(g, u.no)) % $1) + 1 as no from generate_series(1, $2) g) p
     join clients c on c.no = p.no
     where u.role = 'manager' and c.owner_id is distinct from u.id
     on conflict do nothing`,
    [count, Math.min(sharedToEach, Math.floor(count / 100))],
  )
}

/** By the same functions the triggers call, in batches on two connections. */
async function fillSearchAndStates(pool: pg.Pool, count: number) {
  const batch = 20_000
  const inBatches = async (statement: string) => {
    let next = 1
    const work = async () => {
      for (let first = next; first <= count; first = next) {
        next += batch
        await pool.query(statement, [first, first + batch])
      }
    }
    await Promise.all([work(), work()])
  }
  // Straight into the indexes that are built after: no second version of a million rows.
  await pool.query('alter table client_search alter column indexed set default true')
  await inBatches('select refresh_clients(array(select id from clients where no >= $1 and no < $2))')
  await pool.query('alter table client_search alter column indexed set default false')
  await inBatches(`insert into client_words (seer_no, word, client_no)
    select distinct n, t collate "C", s.client_no from client_search s
      cross join lateral unnest(s.seers) n cross join lateral string_to_table(btrim(s.document), ' ') t
    where s.client_no >= $1 and s.client_no < $2 and t <> ''`)
}
