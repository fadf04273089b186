import type { FastifyInstance } from 'fastify'
import * as contract from '#features/live/contract.ts'
import { requireRole } from '#server/auth/require-role.ts'
import { rowOf } from '#server/db/tx.ts'
import { notFound, Problem } from '#server/http/problem.ts'
import { route } from '#server/http/route.ts'

export function liveRoutes(app: FastifyInstance) {
  route(
    app,
    contract.openStream,
    async ({ lastEventId, lookback }, { tx, caller, kernel, request, reply }) => {
      await requireRole(tx, 'manager', 'team-head', 'head')
      if (!kernel.live.hasRoomFor(caller.id)) throw tooMany()
      const last = request.headers['last-event-id'] ?? lastEventId
      reply.hijack()
      kernel.live.open({ sessionId: caller.sessionId, userId: caller.id }, reply.raw, {
        ...(last !== undefined && { lastEventId: String(last) }),
        secondsAgo: lookback,
      })
    },
  )
  route(app, contract.putPresence, async ({ clientId, field, left }, { tx, caller, kernel }) => {
    if (!(await rowOf(tx, 'select 1 from clients where id = $1', [clientId]))) throw notFound()
    kernel.live.enter({ clientId, userId: caller.id, sessionId: caller.sessionId, field, left })
  })
}

const tooMany = () =>
  new Problem(429, 'too-many-streams', {
    ru: 'Открыто слишком много потоков событий. Закройте лишние.',
    en: 'Too many event streams are open. Close some.',
  })
