import type pg from 'pg'
import { accountOf, addAccount } from '#server/auth/accounts.ts'
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
  const { email, name, team, json } = options
  const role = roleOf(options.role)
  const password = await passwordFrom(options.password)
  await withBase('user add', async ({ database }) => {
    if (await accountOf(database.app, email)) throw new Failure('email-taken', { email })
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

function roleOf(text: string): Role {
  const role = Role.safeParse(text)
  if (!role.success) throw new Failure('role-unknown', { roles: Role.options.join(', ') })
  return role.data
}
