import { decodeCursor, encodeCursor, isKeyAndId } from '#server/http/cursor.ts'
import { Params } from '#server/db/params.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import type { listSignIns, SignInEvent, SignInRules } from '#features/sign-ins/contract.ts'
import type { z } from 'zod'

const columns = `id, at, user_id as "userId", by_id as "byId", kind, reason, account, address, agent, is_new_device as "isNewDevice", details`

/** A page of the journal of sign-ins, the latest first; days are the company's. */
export async function findSignIns(
  tx: Tx,
  { user, kind, from, to, cursor, limit }: z.output<typeof listSignIns.input>,
): Promise<{ items: SignInEvent[]; nextCursor: string | null }> {
  const params = new Params()
  const zone = `coalesce((select time_zone from company), 'UTC')`
  const where = ['true']
  if (user) where.push(`user_id = ${params.add(user)}`)
  if (kind) where.push(`kind = ${params.add(kind)}`)
  if (from) where.push(`at >= ${params.add(from)}::date::timestamp at time zone ${zone}`)
  if (to) where.push(`at < (${params.add(to)}::date + 1)::timestamp at time zone ${zone}`)
  const after = decodeCursor(cursor, isKeyAndId)
  if (after) where.push(`(at, id) < (${params.add(after[0])}::timestamptz, ${params.add(after[1])}::uuid)`)
  const rows = await rowsOf<SignInEvent>(
    tx,
    `select ${columns} from sign_in_events where ${where.join(' and ')} order by at desc, id desc limit ${params.add(limit + 1)}`,
    params.values,
  )
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.at, last.id]) : null }
}

/** New devices of the caller that he has not said are his; older than this they are no news. */
export const newDevices = (tx: Tx) =>
  rowsOf<SignInEvent>(
    tx,
    `select ${columns} from sign_in_events where user_id = caller_id() and is_new_device and acknowledged_at is null
       and at > product_now() - interval '30 days' order by at desc, id desc limit 20`,
  )

export const acknowledge = (tx: Tx) => rowsOf(tx, 'select acknowledge_devices()')

export const findRules = async (tx: Tx): Promise<SignInRules> =>
  (await rowOf<SignInRules>(
    tx,
    `select idle_minutes as "idleMinutes", session_days as "sessionDays", second_factor_roles as "secondFactorRoles" from company`,
  )) ?? { idleMinutes: 720, sessionDays: 30, secondFactorRoles: [] }

export const keepRules = (tx: Tx, { idleMinutes, sessionDays, secondFactorRoles }: SignInRules) =>
  rowsOf(tx, 'update company set idle_minutes = $1, session_days = $2, second_factor_roles = $3', [
    idleMinutes,
    sessionDays,
    secondFactorRoles,
  ])

export const personsWithFactor = async (tx: Tx): Promise<string[]> =>
  (await rowOf<{ ids: string[] }>(tx, 'select with_second_factor() as ids'))!.ids

/** @returns whether there was one */
export const resetFactor = async (tx: Tx, userId: string): Promise<boolean> =>
  (await rowOf<{ was: boolean }>(tx, 'select reset_second_factor($1) as was', [userId]))!.was

export const callerHasFactor = async (tx: Tx): Promise<boolean> =>
  (await personsWithFactor(tx)).length > 0 &&
  (await rowOf<{ has: boolean }>(tx, 'select caller_id() = any (with_second_factor()) as has'))!.has
