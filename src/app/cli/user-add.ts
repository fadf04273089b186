import type pg from 'pg'
import { z } from 'zod'
import { seedDictionaries } from '#features/company/server/set-up.ts'
import { usualCompany } from '#features/company/server/usual-company.ts'
import { accountOf, addAccount } from '#server/auth/accounts.ts'
import type { Database } from '#server/db/database.ts'
import { Role } from '#shared/roles.ts'
import { Failure } from './failure.ts'
import { withBase } from './open-base.ts'
import { passwordFrom } from './password.ts'
import { say } from './words.ts'

export interface UserAdd {
  email: string
  name: string
  role: string
  team?: string
  password?: string
  json?: boolean
}

/** Adds a person who can sign in. Prints nothing but with `--json`: `{ id, email, name, role }`. */
export async function userAdd(options: UserAdd): Promise<void> {
  const { name, team, json } = options
  const email = options.email.trim()
  if (!z.email().max(254).safeParse(email).success) throw new Failure('email-unfit', { email })
  const role = roleOf(options.role)
  const password = await passwordFrom(options.password)
  await withBase('user add', async ({ database }) => {
    if (await accountOf(database.app, email)) throw new Failure('email-taken', { email })
    await ensureCompany(database)
    try {
      const id = await addAccount(database.app, { email, name, role, team, password })
      if (json) process.stdout.write(`${JSON.stringify({ id, email, name, role })}\n`)
    } catch (error) {
      // somebody added the same address between the look and the act
      if ((error as pg.DatabaseError).code === '23505') throw new Failure('email-taken', { email })
      throw error
    }
    if (!json && process.stderr.isTTY) process.stderr.write(`${say('user-added', { name, email })}\n`)
  })
}

/** A base whose first person comes from here has no wizard before it: it starts with the usual company and dictionaries. */
async function ensureCompany({ owner }: Database): Promise<void> {
  const { rowCount } = await owner.query('select from company')
  if (rowCount !== 0) return
  const client = await owner.connect()
  try {
    const { name, timeZone, cityCode, language } = usualCompany
    await client.query('begin')
    await client.query(
      'insert into company (name, time_zone, city_code, language) values ($1, $2, $3, $4) on conflict do nothing',
      [name, timeZone, cityCode, language],
    )
    await seedDictionaries(client, language)
    await client.query('commit')
  } finally {
    // an open transaction ends with its connection
    client.release(true)
  }
}

function roleOf(text: string): Role {
  const role = Role.safeParse(text)
  if (!role.success) throw new Failure('role-unknown', { roles: Role.options.join(', ') })
  return role.data
}
