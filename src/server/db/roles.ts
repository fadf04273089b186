import { createHash, createHmac } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

const plainRoles = ['kartoteka_all', 'kartoteka_scoped', 'kartoteka_admin']
/**
 * Roles that may what others may, and less: policies narrow them, whatever a statement forgets. Others' contacts masked; another's eyes
 * looked through; both.
 */
const narrowed: Record<string, string[]> = {
  kartoteka_masked: ['kartoteka_scoped'],
  kartoteka_looking: ['kartoteka_scoped'],
  kartoteka_looking_masked: ['kartoteka_looking', 'kartoteka_masked'],
}
export const requestRoles = [...plainRoles, ...Object.keys(narrowed)]
/** What the bare login may do before it knows who asks: sessions and sign-in. */
const gateRole = 'kartoteka_gate'
export const groupRoles = [...requestRoles, gateRole]

/** Name of the login that carries requests; one for each database, since roles are the whole server's. */
export function loginOf(database: string): string {
  const name = `kartoteka_app_${database}`
  if (Buffer.byteLength(name) <= 63) return name
  return `kartoteka_app_${createHash('sha256').update(database).digest('hex').slice(0, 40)}`
}

/** Its password, for servers that ask for one. */
export const loginPassword = (secret: Buffer) =>
  createHmac('sha256', secret).update('database login').digest('base64url')

/**
 * Makes the roles that decide who sees what, and the login that owns nothing and inherits none of them: a statement
 * without an identity has no rights on clients' data. Several processes may call it at once.
 * @returns the name of the login
 */
export async function ensureRoles(
  owner: pg.ClientBase,
  { database, secret }: { database: string; secret: Buffer },
): Promise<string> {
  const login = loginOf(database)
  for (let attempt = 1; ; attempt += 1) {
    try {
      await owner.query(statements(login, database, loginPassword(secret)))
      return login
    } catch (error) {
      // Roles belong to the whole server while the lock is this database's: another database may make them this moment.
      const passing = ['23505', '42710', 'XX000', '40001', '40P01'].includes(
        (error as pg.DatabaseError).code ?? '',
      )
      if (!passing || attempt === 10) throw error
      await pause(attempt * 20)
    }
  }
}

/** One simple query, hence one transaction: all of it or nothing. */
function statements(login: string, database: string, password: string): string {
  const name = pg.escapeIdentifier(login)
  const base = pg.escapeIdentifier(database)
  return [
    `select pg_advisory_xact_lock(5278414)`,
    ...groupRoles.map((role) =>
      unless(`from pg_roles where rolname = '${role}'`, `create role ${role} nologin`),
    ),
    unless(`from pg_roles where rolname = ${pg.escapeLiteral(login)}`, `create role ${name} login`),
    `alter role ${name} login password ${pg.escapeLiteral(password)}`,
    ...Object.entries(narrowed).flatMap(([role, wider]) =>
      wider.map((one) => `grant ${one} to ${role} with inherit true, set false`),
    ),
    // inherit false belongs to the grant: with it the policies of these roles hold only after "set role".
    ...requestRoles.map((role) => `grant ${role} to ${name} with inherit false, set true`),
    `grant ${gateRole} to ${name} with inherit true, set false`,
    // Seen to be owed by foreign servers, where everybody may connect to every database.
    `revoke connect, temporary on database ${base} from public`,
    `grant connect on database ${base} to ${name}`,
  ].join(';\n')
}

const unless = (found: string, act: string) =>
  `do $do$ begin if not exists (select ${found}) then ${act}; end if; end $do$`
