import { randomBytes } from 'node:crypto'
import { seedDictionaries } from '#features/company/server/set-up.ts'
import { addAccount } from '#server/auth/accounts.ts'
import { inChangeSet } from '#server/db/change-set.ts'
import type { Database } from '#server/db/database.ts'
import { asCaller, rowsOf, type Tx } from '#server/db/tx.ts'
import { demoClient } from './demo-client.ts'
import { DEMO_PEOPLE, type DemoPerson, type Habits } from './demo-people.ts'
import { activitiesOf, rowsOfClient, type DemoRows } from './demo-rows.ts'
import { CATEGORIES, PLACES, SOURCES, STAGES } from './made-up-names.ts'
import { randomOf, type Random } from './random.ts'
import { timeOrderedId } from './time-ordered-id.ts'

const cityCode = '495'
const day = 86_400_000
const unowned: Habits = {
  clients: 60,
  noPhone: 0.15,
  noEmail: 0.4,
  noPerson: 0.3,
  dirt: 0.1,
  checked: 0,
  overdue: 0,
}
const months = 7

interface Act {
  changeSetId: string
  at: string
}

/**
 * Fills an empty base with a made-up company of 11 people and about 3,000 clients: entered by its managers in change-sets, judged by
 * the rules every client goes through, then dated back over the last years.
 * @returns the password of everybody, and whom one may sign in as
 */
export async function fillDemo({ database }: { database: Database }, seed = 7) {
  const random = randomOf(seed)
  const password = `demo-${randomBytes(4).toString('hex')}`
  await setUpCompany(database)
  const ids = new Map<DemoPerson, string>()
  for (const person of DEMO_PEOPLE) ids.set(person, await addAccount(database.app, { ...person, password }))
  const acts: Act[] = []
  let number = 0
  for (const [person, id] of ids) {
    const kept = person.habits ?? unowned
    const owner = person.habits ? id : null
    const made: string[] = []
    for (let month = months; month >= 1; month--) {
      // The old base came at once, seven months ago; the rest month by month.
      const count = Math.round(kept.clients * (month === months ? 0.6 : 0.4 / (months - 1)))
      const rows = emptyRows()
      for (let one = 0; one < count; one++) addClient(rows, (number += 1), owner, kept, month, random)
      acts.push(await enter(database, id, month, rows))
      if (owner && made.length > 0) acts.push(await moveOn(database, id, month, made, random))
      made.push(...rows.clients.map((row) => String(row.id)))
    }
    if (owner) await share(database, id, made, colleaguesOf(person, ids), random)
  }
  await dateBack(database, acts)
  return { password, people: DEMO_PEOPLE.map(({ email, name, role }) => ({ email, name, role })) }
}

const emptyRows = (): DemoRows => ({ clients: [], people: [], contacts: [], activities: [] })

async function setUpCompany({ owner }: Database) {
  await owner.query(
    `insert into company (name, city_code) values ('Вектор-Реклама', $1) on conflict do nothing`,
    [cityCode],
  )
  const choices = {
    stage: STAGES,
    source: SOURCES,
    category: CATEGORIES,
    region: PLACES.map((place) => place[0]),
  }
  for (const [field, names] of Object.entries(choices)) {
    await owner.query(
      `insert into choices (field, name, position) select $1, n, o from unnest($2::text[]) with ordinality as t (n, o) on conflict do nothing`,
      [field, names],
    )
  }
  await owner.query(`update choices set is_lost = true where field = 'stage' and name = 'Отказ'`)
  await owner.query(
    `insert into custom_fields (key, title, type) values ('turnover', 'Оборот за год, ₽', 'number') on conflict do nothing`,
  )
  await seedDictionaries(owner, 'ru')
  await owner.query(
    `update choices set rhythm_days = case name when 'VIP' then 21 else 60 end where field = 'category'`,
  )
  await owner.query('update company set rhythm_days = 90')
}

function addClient(
  rows: DemoRows,
  number: number,
  owner: string | null,
  habits: Habits,
  month: number,
  random: Random,
) {
  const now = Date.now()
  const created =
    month === months
      ? now - (months * 30 + random.below(800)) * day
      : now - ((month - 1) * 30 + random.below(30)) * day - random.below(day)
  const id = timeOrderedId(created, 0, number)
  const client = rowsOfClient(demoClient(random, number, habits), id, created, cityCode, random, habits)
  Object.assign(client.clients[0]!, { owner_id: owner })
  rows.clients.push(...client.clients)
  rows.people.push(...client.people)
  rows.contacts.push(...client.contacts)
  if (owner) rows.activities.push(...activitiesOf(id, owner, created, number, habits, random))
}

/** One act of one person: everything by jsonb, a statement a table; search and states once at the end. */
async function enter(database: Database, userId: string, month: number, rows: DemoRows): Promise<Act> {
  const at = new Date(Date.now() - (month - 1) * 30 * day - 3_600_000).toISOString()
  const changeSetId = await asCaller(database.app, { userId }, async (tx) => {
    const made = await inChangeSet(tx, 'demo.fill')
    await rowsOf(tx, `select set_config('app.defer_refresh', 'on', true)`)
    for (const [table, given] of Object.entries(rows)) await insertRows(tx, table, given)
    await rowsOf(tx, 'select refresh_clients($1::uuid[])', [rows.clients.map((row) => row.id)])
    return made
  })
  return { changeSetId, at }
}

/** Some clients come to another stage in a month. */
async function moveOn(
  database: Database,
  userId: string,
  month: number,
  clients: string[],
  random: Random,
): Promise<Act> {
  const at = new Date(Date.now() - (month - random.next()) * 30 * day).toISOString()
  const moved = clients.filter(() => random.chance(0.04))
  const stages = moved.map(() => random.pick(STAGES))
  const changeSetId = await asCaller(database.app, { userId }, async (tx) => {
    const made = await inChangeSet(tx, 'client.update')
    await rowsOf(
      tx,
      'update clients c set stage = m.stage from unnest($1::uuid[], $2::text[]) m (id, stage) where c.id = m.id and c.stage <> m.stage',
      [moved, stages],
    )
    return made
  })
  return { changeSetId, at }
}

async function insertRows(tx: Tx, table: string, rows: Record<string, unknown>[]) {
  if (rows.length === 0) return
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].join(', ')
  await rowsOf(
    tx,
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
    [JSON.stringify(rows)],
  )
}

function colleaguesOf(person: DemoPerson, ids: Map<DemoPerson, string>): string[] {
  return [...ids].filter(([other]) => other !== person && other.role === 'manager').map(([, id]) => id)
}

/** A few clients several managers work with. */
async function share(
  database: Database,
  userId: string,
  clients: string[],
  colleagues: string[],
  random: Random,
) {
  await asCaller(database.app, { userId }, async (tx) => {
    await inChangeSet(tx, 'client.share')
    for (let count = 0; count < 6; count++) {
      await rowsOf(tx, 'select share_client($1, $2::uuid[])', [
        random.pick(clients),
        [random.pick(colleagues)],
      ])
    }
  })
}

/** Acts and rows were written a moment ago; the company is to look lived in. Ids of clients carry their day. */
async function dateBack({ owner }: Database, acts: Act[]) {
  const client = await owner.connect()
  try {
    await client.query('begin')
    for (const table of ['clients', 'contacts', 'people'])
      await client.query(`alter table ${table} disable trigger user`)
    await client.query(
      `update change_sets s set at = g.at from unnest($1::uuid[], $2::timestamptz[]) g (id, at) where s.id = g.id`,
      [acts.map((act) => act.changeSetId), acts.map((act) => act.at)],
    )
    await client.query(
      'update changes c set at = s.at from change_sets s where s.id = c.change_set_id and s.id = any ($1::uuid[])',
      [acts.map((act) => act.changeSetId)],
    )
    await client.query(`update clients set version = 1, field_versions = '{}',
      created_at = to_timestamp(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0),
      updated_at = now() - (now() - to_timestamp(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0)) * random()`)
    // Seats given to colleagues carry a copy of it; the trigger that keeps it is off.
    await client.query(
      `update seats s set changed_at = c.updated_at from clients c where c.id = s.client_id and s.reason <> 'owner'`,
    )
    for (const table of ['contacts', 'people']) {
      await client.query(
        `update ${table} t set created_at = c.created_at, updated_at = c.created_at from clients c where c.id = t.client_id`,
      )
      await client.query(`alter table ${table} enable trigger user`)
    }
    await client.query('alter table clients enable trigger user')
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
  await owner.query('analyze')
}
