import type { FastifyInstance } from 'fastify'
import { beginLook, endLook } from '#features/people/contract.ts'
import { forgetHints } from '#server/auth/caller.ts'
import { route } from '#server/http/route.ts'

/** «Смотреть как»: at the gate, since who looks is nobody who may write. The database asks whose session it is. */
export function lookRoutes(app: FastifyInstance) {
  route(app, beginLook, async ({ userId }, { caller, kernel }) => {
    const { rows } = await kernel.database.app.query<{ until: string }>(
      'select begin_look($1, $2) as until',
      [caller.sessionId, userId],
    )
    forgetHints()
    return { until: new Date(rows[0]!.until).toISOString() }
  })
  route(app, endLook, async (_, { caller, kernel }) => {
    await kernel.database.app.query('select end_look($1)', [caller.sessionId])
    forgetHints()
  })
}
