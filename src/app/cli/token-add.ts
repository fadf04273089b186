import { accountOf } from '#server/auth/accounts.ts'
import { addToken } from '#server/auth/sessions.ts'
import { Failure } from './failure.ts'
import { withBase } from './open-base.ts'

/** Makes an API token of a person and prints it alone; the base keeps only its hash. */
export async function tokenAdd({
  email,
  name,
  json,
}: {
  email: string
  name: string
  json?: boolean
}): Promise<void> {
  await withBase('token add', async ({ database }) => {
    const person = await accountOf(database.app, email)
    if (!person) throw new Failure('no-person', { email })
    if (!person.active) throw new Failure('person-inactive', { email })
    const token = await addToken(database.app, person.id, name)
    process.stdout.write(json ? `${JSON.stringify({ token })}\n` : `${token}\n`)
  })
}
