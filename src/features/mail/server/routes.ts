import type { FastifyInstance } from 'fastify'
import * as contract from '#features/mail/contract.ts'
import { requireRole } from '#server/auth/require-role.ts'
import { asCaller, rowOf } from '#server/db/tx.ts'
import { languageOf } from '#server/http/problem.ts'
import { route } from '#server/http/route.ts'
import { seal } from '#server/sealed.ts'
import {
  forgetAccount,
  lettersPage,
  mailSettings,
  writeAccount,
  writeHours,
  writePassword,
} from './queries.ts'
import { sendTest } from './send-test.ts'

export function mailRoutes(app: FastifyInstance) {
  const { now } = app.kernel
  route(app, contract.getMail, async (_, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    return mailSettings(tx, now())
  })
  route(app, contract.putMail, async ({ password, ...account }, { tx, kernel }) => {
    await requireRole(tx, 'head', 'admin')
    const kept = (await mailSettings(tx, now())).account
    await writeAccount(tx, account)
    // A password is for one server and one name: told to another, it would be given away.
    if (kept?.host !== account.host || kept.userName !== account.userName) await writePassword(tx, null)
    if (password === null) await writePassword(tx, null)
    else if (password) await writePassword(tx, seal(kernel.secret, 'mail account', password))
    return mailSettings(tx, now())
  })
  route(app, contract.deleteMail, async (_, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    await forgetAccount(tx)
    return mailSettings(tx, now())
  })
  route(app, contract.patchLetterHours, async (hours, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    await writeHours(tx, hours)
    return mailSettings(tx, now())
  })
  route(app, contract.testMail, async ({ address }, { caller, kernel, request }) => {
    // In a trip of its own: the server may take its time to answer, and no connection is held meanwhile.
    const name = await asCaller(kernel.database.app, caller.identity, async (tx) => {
      await requireRole(tx, 'head', 'admin')
      return (await rowOf<{ name: string }>(tx, 'select name from users where id = caller_id()'))!.name
    })
    return { messageId: await sendTest(kernel, { address, name }, languageOf(request)) }
  })
  route(app, contract.listLetters, async (input, { tx, request }) => {
    await requireRole(tx, 'head', 'admin')
    const rows = await lettersPage(tx, input)
    const items = rows
      .slice(0, input.limit)
      .map((row) => ({ ...row, problem: row.problem?.[languageOf(request)] ?? null }))
    return { items, nextCursor: rows.length > input.limit ? items.at(-1)!.id : null }
  })
}
