import { countTry, forgiveTry } from '#server/auth/attempts.ts'
import { confirmSession } from '#server/auth/caller.ts'
import { hasPassword, passwordFits } from '#server/auth/passwords.ts'
import { takeCode } from '#server/auth/second-factor.ts'
import { noteSignIn } from '#server/auth/sign-in-journal.ts'
import { invalid } from '#server/http/problem.ts'
import type { Context } from '#server/http/route.ts'

/**
 * Password and code once more before the sign-in itself is changed: a forgotten open screen must not be enough, nor a place to guess at.
 * @param code undefined: the person has no second factor
 * @throws Problem 422 on `password` or `code`; 429
 */
export async function proveSelf(
  { kernel, caller, request }: Context,
  { password, code }: { password: string; code: string | undefined },
) {
  const pool = kernel.database.app
  await confirmSession(kernel, caller)
  await countTry(pool, caller.id, request.ip)
  const fail = async (field: 'password' | 'code', reason: 'wrong-password' | 'wrong-code') => {
    await noteSignIn(kernel, request, { kind: 'failure', userId: caller.id, reason })
    return invalid(field, field === 'password' ? wrongPassword : wrongCode)
  }
  // Whoever signs in by another directory has no password here.
  if ((await hasPassword(pool, caller.id)) && !(await passwordFits(pool, caller.id, password)))
    throw await fail('password', 'wrong-password')
  if (code !== undefined) {
    const taken = await takeCode(kernel, caller.id, code)
    if (taken !== 'totp' && taken !== 'recovery') throw await fail('code', 'wrong-code')
  }
  await forgiveTry(pool, caller.id, request.ip)
}

const wrongPassword = { ru: 'Это не ваш нынешний пароль.', en: 'This is not your present password.' }

/** One sentence for a wrong code, a late one and one used before. */
export const wrongCode = {
  ru: 'Код не подходит. Дождитесь нового и проверьте часы телефона.',
  en: 'The code does not fit. Wait for a new one, and check the clock of the telephone.',
}
