import type { FastifyInstance } from 'fastify'
import { getMasking, type Masking, openContacts, putMasking } from '#features/masking/contract.ts'
import { forgetHints } from '#server/auth/caller.ts'
import { requireRole } from '#server/auth/require-role.ts'
import { inChangeSet } from '#server/db/change-set.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { notFound } from '#server/http/problem.ts'
import { route } from '#server/http/route.ts'

export function maskingRoutes(app: FastifyInstance) {
  route(app, getMasking, async (_, { tx }) => {
    await requireRole(tx, 'head')
    return findMasking(tx)
  })
  route(app, putMasking, async ({ roles }, { tx }) => {
    await requireRole(tx, 'head')
    await rowsOf(tx, 'update company set mask_roles = $1', [[...new Set(roles)].toSorted()])
    forgetHints()
    return findMasking(tx)
  })
  route(app, openContacts, async ({ id }, { tx }) => {
    const client = await rowOf<{ name: string }>(tx, 'select name from clients where id = $1', [id])
    if (!client) throw notFound()
    const changeSetId = await inChangeSet(tx, 'contacts.open', { clientId: id, name: client.name })
    const opened = await rowOf<{ until: string }>(tx, 'select open_contacts($1) as until', [id])
    return { until: opened!.until, changeSetId }
  })
}

const findMasking = async (tx: Tx) =>
  (await rowOf<Masking>(tx, 'select mask_roles as roles from company')) ?? { roles: [] }
