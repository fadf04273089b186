import type { FastifyInstance } from 'fastify'
import {
  addTeam,
  addUserLink,
  deleteTeam,
  getMe,
  inviteUser,
  listTeams,
  listUsers,
  patchMe,
  patchTeam,
  patchUser,
} from '#features/people/contract.ts'
import { forgetHints } from '#server/auth/caller.ts'
import { requireRole } from '#server/auth/require-role.ts'
import { invalid, notFound, Problem } from '#server/http/problem.ts'
import { route } from '#server/http/route.ts'
import { isTimeZone } from '#shared/time-zone.ts'
import { makeLink } from './make-link.ts'
import {
  allTeams,
  allUsers,
  dropTeam,
  findMe,
  insertTeam,
  insertUser,
  updateMe,
  updateTeam,
  endSessionsUnderOldEmail,
  updateUser,
} from './queries.ts'
import { lookRoutes } from './look-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'

export function peopleRoutes(app: FastifyInstance) {
  route(app, getMe, async (_, { tx, caller }) => ({ ...(await findMe(tx)), look: caller.look }))
  route(app, patchMe, async (changes, { tx }) => {
    if (changes.timeZone && !isTimeZone(changes.timeZone)) throw invalid('timeZone', unknownTimeZone)
    await updateMe(tx, changes)
    forgetHints()
    return { ...(await findMe(tx)), look: null }
  })

  route(app, listUsers, (_, { tx }) => allUsers(tx))
  route(app, inviteUser, async (draft, context) => {
    await requireRole(context.tx, 'head', 'admin')
    const user = await insertUser(context.tx, draft)
    if (!user) throw emailTaken()
    return { user, link: await makeLink(context, user.id) }
  })
  route(app, patchUser, async ({ id, ...changes }, { tx, caller }) => {
    await requireRole(tx, 'head', 'admin')
    if (changes.email) await endSessionsUnderOldEmail(tx, id, changes.email, caller.sessionId)
    const user = await updateUser(tx, id, changes)
    if (!user) throw notFound()
    forgetHints()
    return user
  })
  route(app, addUserLink, async ({ id }, context) => {
    await requireRole(context.tx, 'head', 'admin')
    return { link: await makeLink(context, id) }
  })

  route(app, listTeams, (_, { tx }) => allTeams(tx))
  route(app, addTeam, async ({ name }, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    return (await insertTeam(tx, name))!
  })
  route(app, patchTeam, async ({ id, name }, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    const team = await updateTeam(tx, id, name)
    if (!team) throw notFound()
    return team
  })
  route(app, deleteTeam, async ({ id }, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    const { found, gone } = await dropTeam(tx, id)
    if (!found) throw notFound()
    if (!gone) throw teamNotEmpty()
  })

  signInRoutes(app)
  lookRoutes(app)
}

const unknownTimeZone = { ru: 'Такого часового пояса нет.', en: 'There is no such time zone.' }

const emailTaken = () =>
  new Problem(409, 'email-taken', {
    ru: 'Человек с такой почтой уже есть.',
    en: 'There is a person with this e-mail already.',
  })

const teamNotEmpty = () =>
  new Problem(409, 'team-not-empty', {
    ru: 'В команде есть люди: сначала переведите их в другую.',
    en: 'There are people in the team: move them to another one first.',
  })
