import pg from 'pg'
import { expect, test } from 'vitest'
import { migrate } from '#server/db/migrate.ts'
import { testWorld } from './testing.ts'

const world = testWorld()
const requestRoles = [
  'kartoteka_all',
  'kartoteka_scoped',
  'kartoteka_admin',
  'kartoteka_masked',
  'kartoteka_looking',
  'kartoteka_looking_masked',
]

/** Tables a statement without an identity may reach: what the sign-in itself is made of. None holds a client's data. */
const openAtTheGate = ['company', 'teams', 'users']

interface Table {
  name: string
  secured: boolean
  policies: number
  granted: boolean
  columns: string[]
}

const tables = () =>
  world.sql<Table>(
    `select c.relname as name, c.relrowsecurity as secured,
       (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies,
       exists (select 1 from unnest($1::text[]) r where has_any_column_privilege(r, c.oid, 'select, insert, update, references')
               or has_table_privilege(r, c.oid, 'delete, truncate, trigger')) as granted,
       array(select attname::text from pg_attribute a where a.attrelid = c.oid and attnum > 0 and not attisdropped) as columns
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
    [requestRoles],
  )

test('every table that request roles reach is below row-level security and has a policy', async () => {
  const all = await tables()
  expect(all.length).toBeGreaterThan(20)
  const open = all.filter(({ granted, secured, policies }) => granted && !(secured && policies > 0))
  expect(open.map(({ name }) => name)).toEqual([])
})

test('a table without grants stays closed: its partitions and helpers do not leak by another door', async () => {
  const leaks = await world.sql(
    `select c.oid::regclass::text as view from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')
       and not coalesce('security_invoker=true' = any (c.reloptions), false)
       and exists (select 1 from unnest($1::text[]) r where has_any_column_privilege(r, c.oid, 'select'))`,
    [requestRoles],
  )
  expect(leaks).toEqual([])
})

test('a scoped caller passes no policy by a constant, alone or beside an "or"', async () => {
  const policies = await world.sql<{ name: string; uses: string | null; checks: string | null }>(
    `select tablename || '.' || policyname as name, qual as uses, with_check as checks from pg_policies
     where schemaname = 'public' and 'kartoteka_scoped' = any (roles)
       and tablename in (select relname from pg_class c where relnamespace = 'public'::regnamespace
         and (relname in ('clients', 'seats', 'views', 'jobs', 'imports') or exists
           (select 1 from pg_attribute a where a.attrelid = c.oid and attname in ('client_id', 'file_id', 'job_id', 'import_id'))))`,
  )
  expect(policies.length).toBeGreaterThan(8)
  const constant = /^\(?true\)?$|\bor \(?true\b|\btrue\)? or\b|\b1 = 1\b/i
  expect(
    policies.filter(({ uses, checks }) => constant.test(uses ?? '') || constant.test(checks ?? '')),
  ).toEqual([])
})

test('request roles and the login own nothing, bypass nothing and make nothing', async () => {
  const roles = [...requestRoles, 'kartoteka_gate', String(world.configs.app.user)]
  expect(
    await world.sql(
      `select rolname from pg_roles where rolname = any ($1)
         and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`,
      [roles],
    ),
  ).toEqual([])
  expect(
    await world.sql(
      'select oid::regclass::text from pg_class where relowner in (select oid from pg_roles where rolname = any ($1))',
      [roles],
    ),
  ).toEqual([])
  expect(
    await world.sql(
      'select oid::regprocedure::text from pg_proc where proowner in (select oid from pg_roles where rolname = any ($1))',
      [roles],
    ),
  ).toEqual([])
  expect(
    await world.sql(`select r from unnest($1::text[]) r where has_schema_privilege(r, 'public', 'create')`, [
      roles,
    ]),
  ).toEqual([])
})

test('the login takes a request role on only by saying so', async () => {
  const grants = await world.sql(
    `select r.rolname as role, m.inherit_option as inherits, m.set_option as sets, m.admin_option as admin
     from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles l on l.oid = m.member
     where l.rolname = $1 order by 1`,
    [world.configs.app.user],
  )
  expect(grants).toEqual([
    { role: 'kartoteka_admin', inherits: false, sets: true, admin: false },
    { role: 'kartoteka_all', inherits: false, sets: true, admin: false },
    { role: 'kartoteka_gate', inherits: true, sets: false, admin: false },
    { role: 'kartoteka_looking', inherits: false, sets: true, admin: false },
    { role: 'kartoteka_looking_masked', inherits: false, sets: true, admin: false },
    { role: 'kartoteka_masked', inherits: false, sets: true, admin: false },
    { role: 'kartoteka_scoped', inherits: false, sets: true, admin: false },
  ])
})

test('the bare login is refused at every table but those of the sign-in', async () => {
  const bare = new pg.Client(world.configs.app)
  await bare.connect()
  const reached: string[] = []
  for (const { name } of await tables()) {
    await bare.query(`select 1 from ${pg.escapeIdentifier(name)} limit 1`).then(
      () => reached.push(name),
      (error: pg.DatabaseError) => expect(error.code, name).toBe('42501'),
    )
  }
  await bare.end()
  expect(reached).toEqual(openAtTheGate)
})

test('accounts are out of reach of the roles that carry requests', async () => {
  expect(
    await world.sql(`select r from unnest($1::text[]) r where has_schema_privilege(r, 'auth', 'usage')`, [
      requestRoles,
    ]),
  ).toEqual([])
})

test('a function with its owner’s rights has a fixed search path and is not everybody’s', async () => {
  const definers = await world.sql<{ name: string; path: string | null; open: boolean; trigger: boolean }>(
    `select p.oid::regprocedure::text as name, array_to_string(p.proconfig, ' ') as path,
       coalesce(exists (select 1 from aclexplode(p.proacl) a where a.grantee = 0 and a.privilege_type = 'EXECUTE'), true)
         or p.proacl is null as open,
       p.prorettype = 'trigger'::regtype as trigger
     from pg_proc p where p.prosecdef and p.pronamespace in ('public'::regnamespace, 'auth'::regnamespace)`,
  )
  expect(definers.length).toBeGreaterThan(10)
  expect(
    definers.filter(({ path }) => !path?.includes('search_path=pg_catalog')).map(({ name }) => name),
  ).toEqual([])
  // Harmless to everybody: they tell the caller about himself.
  const harmless = ['visible_user_ids()']
  expect(
    definers
      .filter(({ open, trigger, name }) => open && !trigger && !harmless.includes(name))
      .map(({ name }) => name),
  ).toEqual([])
})

test('several processes may migrate at once', async () => {
  const numbers = await Promise.all([1, 2, 3, 4].map(() => migrate(world.configs.owner)))
  expect(new Set(numbers).size).toBe(1)
})
