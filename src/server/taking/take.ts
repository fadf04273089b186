import type { FastifyRequest } from 'fastify'
import type { Caller } from '#server/auth/caller.ts'
import { changeSetStatement } from '#server/db/change-set.ts'
import { newId } from '#shared/new-id.ts'
import { asCaller, rowOf, send, type Tx } from '#server/db/tx.ts'
import type { Language } from '#server/http/problem.ts'
import type { Kernel } from '#server/kernel.ts'
import { type FileMark, markLine } from '#shared/file-mark.ts'
import type { Road } from '#shared/roads.ts'
import { refusalOf, type Refused } from './refusal.ts'

/** What is about to leave the base. */
export interface Taking {
  /** Of a job: its own, so that one begun again takes the same file once. */
  id?: string
  road: Road
  fileName: string | null
  /** The filter it was chosen by, as the contract parses it: an approval holds for exactly this. */
  selection: object
  columns?: readonly string[]
  rows: number
  /** Figures, and a person's own faulty rows, do not count against the quota and need no right. */
  counted: boolean
}

/** From where somebody takes. */
export interface Origin {
  address: string | null
  sessionId: string | null
}

export const originOf = (request: FastifyRequest, caller: Caller): Origin => ({
  address: request.ip,
  sessionId: caller.sessionId,
})

/** What is asked of the database, and of the head where the quota is not enough. */
export const askOf = ({ road, selection, columns = [], rows }: Taking) => ({ road, selection, columns, rows })

/**
 * Takes rows out: right and quota are decided and the journal is written in this transaction, before a byte leaves.
 * @returns the taking's id @throws Problem 403 without the right, or above the quota (with what may be asked of the head)
 */
export async function take(tx: Tx, origin: Origin, taking: Taking): Promise<string> {
  const { road, fileName, selection, columns = [], rows } = taking
  const [, result] = await send(
    tx,
    changeSetStatement('export', { road, fileName, selection, columns, count: rows }),
    { text: 'select * from take($1)', values: [JSON.stringify({ ...taking, ...origin, columns })] },
  )
  const taken = result!.rows[0] as Refused & { id: string }
  if (taken.refused) throw refusalOf(taken, askOf(taking))
  return taken.id
}

/** @throws Problem 403 as `take` would, without taking: said at once to who only begins */
export async function mayTake(tx: Tx, taking: Taking) {
  const row = await rowOf<Refused>(tx, 'select * from taking_refusal($1)', [JSON.stringify(askOf(taking))])
  if (row!.refused) throw refusalOf(row!, askOf(taking))
}

/** How much of his quota a person has left; null: he has none. */
export async function quotaLeft(tx: Tx): Promise<number | null> {
  const row = await rowOf<{ left: number | null }>(
    tx,
    'select quota - taken as left from export_quota_of(caller_id())',
  )
  return row?.left ?? null
}

/** The mark of a file that carries this taking's number. */
export async function markOf(tx: Tx, language: Language, id: string = newId()): Promise<FileMark> {
  const row = await rowOf<{ by: string; at: string; zone: string }>(
    tx,
    `select u.name as by, product_now() as at, coalesce(u.time_zone, (select time_zone from company), 'UTC') as zone
     from users u where u.id = caller_id()`,
  )
  const { by, at, zone } = row!
  const moment = new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: zone,
  }).format(new Date(at))
  return { id, by, at, line: markLine({ by, at: moment, id, language }) }
}

/** For a GET that answers with a file: its handler only reads, so the taking is a transaction of its own before it. */
export function takeNow(
  { kernel, caller, request }: { kernel: Kernel; caller: Caller; request: FastifyRequest },
  language: Language,
  taking: Taking,
): Promise<FileMark> {
  return asCaller(
    kernel.database.app,
    caller.identity,
    async (tx) => {
      const mark = await markOf(tx, language)
      await take(tx, originOf(request, caller), { ...taking, id: mark.id })
      return mark
    },
    { mode: 'write', roleHint: caller.role, ...(kernel.ownClock && { now: kernel.now() }) },
  )
}
