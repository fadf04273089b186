import type { FastifyInstance } from 'fastify'
import * as contract from '#features/handovers/contract.ts'
import { forgetHints } from '#server/auth/caller.ts'
import { route } from '#server/http/route.ts'
import { checkPeople, handOver } from './hand-over.ts'
import { portionsOf } from './portions.ts'
import { besidesOf, findHandover, findHandovers } from './queries.ts'
import { reverseHandover } from './reverse-handover.ts'

export function handoverRoutes(app: FastifyInstance) {
  route(app, contract.previewHandover, async (plan, { tx, caller }) => {
    await checkPeople(tx, caller, plan)
    const portions = await portionsOf(tx, plan)
    const of = (part: number | null) =>
      portions.find((portion) => portion.part === part) ?? { clients: 0, shared: 0, plan: 0 }
    const sum = (name: 'clients' | 'shared' | 'plan') =>
      portions.reduce((all, portion) => all + portion[name], 0)
    return {
      holds: {
        clients: sum('clients'),
        shared: sum('shared'),
        plan: sum('plan'),
        ...(await besidesOf(tx, plan.fromId)),
      },
      parts: plan.parts.map((_, at) => of(at)),
      rest: of(null),
    }
  })
  route(app, contract.handOver, async (input, { tx, caller }) => {
    const made = await handOver(tx, caller, input)
    forgetHints()
    return made
  })
  route(app, contract.listHandovers, (page, { tx }) => findHandovers(tx, page))
  route(app, contract.getHandover, ({ id }, { tx }) => findHandover(tx, id))
  route(app, contract.reverseHandover, async ({ id }, { tx }) => {
    const reversed = await reverseHandover(tx, id)
    forgetHints()
    return reversed
  })
}
