import type { FastifyRequest } from 'fastify'
import { countTry, forgiveTry } from '#server/auth/attempts.ts'
import { Problem } from '#server/http/problem.ts'
import type { Kernel } from '#server/kernel.ts'
import { admit } from './admit.ts'
import { DirectoryAway } from './ldap-connection.ts'
import { personWith } from './ldap-people.ts'

/** Failures from everywhere together: names are no secret, so strangers must not be able to keep a colleague out. */
const perEntry = 100

/**
 * Who signs in with login and password of the company's directory; where none is configured, nobody.
 * @throws Problem 503 where the directory does not answer; 403 for who is right there and has no entry here
 */
export async function directoryAccount(
  kernel: Kernel,
  request: FastifyRequest,
  login: string,
  password: string,
): Promise<{ id: string } | undefined> {
  const { directory } = kernel.outside
  const pool = kernel.database.app
  if (!directory || (await hasPasswordHere(kernel, login))) return undefined
  try {
    const person = await personWith(directory, login, password, (subject) =>
      countTry(pool, subject, request.ip, perEntry),
    )
    if (!person) return undefined
    await forgiveTry(pool, person.subject, request.ip)
    return { id: await admit(kernel, request, person) }
  } catch (error) {
    if (!(error instanceof DirectoryAway)) throw error
    request.log.warn(`directory: ${error.message}`)
    // Nobody guessed anything: an outage must not lock people out of the morning after it.
    await forgiveTry(pool, login, request.ip)
    throw new Problem(503, 'directory-away', {
      ru: 'Каталог компании сейчас не отвечает. Войти можно только с паролем, который хранится здесь.',
      en: 'The company’s directory does not answer now. Only passwords kept here open the base.',
    })
  }
}

/** Passwords of accounts kept here are no business of the directory, right or wrong; unless the account is to be linked to it. */
async function hasPasswordHere(kernel: Kernel, login: string): Promise<boolean> {
  const { rowCount } = await kernel.database.app.query(
    `select 1 from users u join auth.passwords p on p.user_id = u.id where lower(u.email) = lower($1)
       and not exists (select 1 from auth.link_permits l where l.user_id = u.id and l.expires_at > now())`,
    [login.trim()],
  )
  return rowCount === 1
}
