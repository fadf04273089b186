import pg from 'pg'
import { Refusal } from '#server/refusal.ts'
import { groupRoles, loginOf } from './roles.ts'

/**
 * Checks that a PostgreSQL of the user's own will do: version, encoding, character type, extensions, rights.
 * What is missing is refused with the SQL its administrator has to run.
 * @throws Refusal
 */
export async function checkForeign(databaseUrl: string): Promise<pg.ClientConfig> {
  const config = configOf(databaseUrl)
  const client = await connect(config)
  try {
    const facts = await readFacts(client)
    checkVersion(facts)
    checkEncoding(facts)
    checkRights(facts)
    for (const extension of ['pg_trgm', 'btree_gin']) await ensureExtension(client, extension, facts)
    await checkLetters(client, facts)
    return config
  } finally {
    await client.end()
  }
}

interface Facts {
  version: number
  versionName: string
  encoding: string
  characterType: string
  database: string
  user: string
  superuser: boolean
  mayMakeRoles: boolean
  mayMakeSchemas: boolean
  mayMakeTables: boolean
}

const identifier = (name: string) => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : pg.escapeIdentifier(name))
const createDatabase = (name: string) =>
  `create database ${identifier(name)} encoding 'UTF8' locale_provider icu icu_locale 'ru-RU' locale 'C.UTF-8' template template0;`

/** The address taken apart by the driver's own rules, so that name and password can be told apart from the rest. */
function configOf(databaseUrl: string): pg.ClientConfig {
  if (!/^postgres(ql)?:\/\//.test(databaseUrl) || !URL.canParse(databaseUrl)) throw new Refusal('url-unfit')
  const { host, port, user, password, database, ssl } = new pg.Client({ connectionString: databaseUrl })
  return {
    host,
    port,
    ...(user ? { user } : {}),
    ...(password ? { password } : {}),
    ...(database ? { database } : {}),
    ssl,
  }
}

async function connect(config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    return client
  } catch (error) {
    const { code, message, errors } = error as Error & { code?: string; errors?: Error[] }
    const reason = message || errors?.[0]?.message || code || ''
    if (code === '3D000') {
      const database = config.database ?? ''
      throw new Refusal('url-no-database', { database, sql: createDatabase(database) })
    }
    if (code?.startsWith('28') || /password|SASL|SCRAM/.test(reason))
      throw new Refusal('url-password', { reason })
    throw new Refusal('url-unreachable', { reason })
  }
}

async function readFacts(client: pg.Client): Promise<Facts> {
  const { rows } = await client.query<Facts>(
    `select current_setting('server_version_num')::int as version, current_setting('server_version') as "versionName",
       pg_encoding_to_char(d.encoding) as encoding, d.datctype as "characterType", d.datname as database,
       current_user as user, r.rolsuper as superuser, r.rolsuper or r.rolcreaterole as "mayMakeRoles",
       has_database_privilege(d.oid, 'create') as "mayMakeSchemas", has_schema_privilege('public', 'create') as "mayMakeTables"
     from pg_database d, pg_roles r where d.datname = current_database() and r.rolname = current_user`,
  )
  return rows[0]!
}

function checkVersion({ version, versionName }: Facts): void {
  if (version < 160_000) throw new Refusal('url-old', { found: versionName })
}

function checkEncoding({ encoding, database }: Facts): void {
  if (encoding === 'UTF8') return
  throw new Refusal('url-encoding', { database, found: encoding, sql: createDatabase(`${database}_utf8`) })
}

function checkRights({ mayMakeRoles, mayMakeSchemas, mayMakeTables, user, database }: Facts): void {
  if (!mayMakeRoles)
    throw new Refusal('url-roles', { user, sql: `alter role ${identifier(user)} createrole;` })
  if (mayMakeSchemas && mayMakeTables) return
  throw new Refusal('url-schema', {
    user,
    database,
    sql: `alter database ${identifier(database)} owner to ${identifier(user)};`,
  })
}

async function ensureExtension(client: pg.Client, extension: string, { database }: Facts): Promise<void> {
  try {
    await client.query(`create extension if not exists ${extension}`)
  } catch {
    throw new Refusal('url-extension', { extension, database, sql: `create extension ${extension};` })
  }
}

/** With a character type of plain C no trigram holds a Russian letter: nothing fails, but every search reads everything. */
async function checkLetters(client: pg.Client, { database, characterType }: Facts): Promise<void> {
  const { rows } = await client.query<{ known: boolean }>(
    `select cardinality(show_trgm('Ромашка')) > 0 as known`,
  )
  if (rows[0]!.known) return
  throw new Refusal('url-letters', { database, found: characterType, sql: createDatabase(`${database}_ru`) })
}

/** The refusal where roles exist that somebody else made: only who has the admin option may grant them on. */
export async function rolesOfAnother(client: pg.Client): Promise<Refusal> {
  const { rows } = await client.query<{ rolname: string }>(
    `select r.rolname from pg_roles r where r.rolname = any($1)
       and not exists (select 1 from pg_auth_members m where m.roleid = r.oid and m.member = current_user::regrole and m.admin_option)`,
    [[...groupRoles, loginOf(String(client.database))]],
  )
  const roles = rows.map(({ rolname }) => identifier(rolname)).join(', ')
  const sql = `grant ${roles} to ${identifier(String(client.user))} with admin option;`
  return new Refusal('url-login', { roles, sql })
}
