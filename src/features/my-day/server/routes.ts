import type { FastifyInstance } from 'fastify'
import { getMyDay, getNews, listBirthdays, seeNews } from '#features/my-day/contract.ts'
import { requireRole } from '#server/auth/require-role.ts'
import { route } from '#server/http/route.ts'
import { birthdaysOf } from './birthdays.ts'
import { markNewsSeen, newsOf } from './news.ts'
import { countMyDay } from './queries.ts'

export function myDayRoutes(app: FastifyInstance) {
  route(app, getMyDay, (_, { tx }) => countMyDay(tx))
  route(app, getNews, (_, { tx }) => newsOf(tx))
  route(app, seeNews, async ({ until }, { tx }) => {
    await requireRole(tx, 'head', 'team-head', 'manager')
    return markNewsSeen(tx, until)
  })
  route(app, listBirthdays, ({ days }, { tx, kernel }) => birthdaysOf(tx, days, kernel.now()))
}
