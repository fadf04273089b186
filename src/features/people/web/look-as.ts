import { beginLook, endLook, type User } from '#features/people/contract.ts'
import { call } from '#web/api.ts'
import { notifyProblem } from '#web/layout/notify.tsx'
import type { Me } from '#web/session.ts'

/** A head looks through the eyes of who works with clients and is no head himself. */
export const mayLookAs = (me: Me, user: User) =>
  me.role === 'head' && user.active && (user.role === 'manager' || user.role === 'team-head')

/** The answers of one person must not be there for another: the page starts anew. */
export const lookAs = (userId: string, path = '/') =>
  call(beginLook, { userId }).then(() => location.assign(path), notifyProblem)

export const lookBack = () => call(endLook, {}).then(() => location.assign('/team'), notifyProblem)
