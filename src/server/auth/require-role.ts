import type { Role } from '#shared/roles.ts'
import { rowOf, type Tx } from '#server/db/tx.ts'
import { Problem } from '#server/http/problem.ts'

/**
 * For acts on people and settings: what everybody sees and few may change. The role is the database's at this moment.
 * @throws Problem 403 for any other role
 */
export async function requireRole(tx: Tx, ...roles: Role[]) {
  const caller = await rowOf<{ role: Role }>(tx, 'select caller_role() as role')
  if (roles.includes(caller!.role)) return
  throw new Problem(403, 'forbidden', {
    ru: 'Ваша роль этого не позволяет.',
    en: 'Your role does not allow this.',
  })
}
