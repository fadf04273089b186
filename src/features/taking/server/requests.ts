import type { z } from 'zod'
import type {
  addExportRequest,
  decideExportRequest,
  ExportRequest,
  listExportRequests,
} from '#features/taking/contract.ts'
import { requireRole } from '#server/auth/require-role.ts'
import { Params } from '#server/db/params.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { notFound, Problem } from '#server/http/problem.ts'

const state = `case when r.state = 'approved' and r.expires_at <= product_now() then 'expired' else r.state end`
const columns = `r.id, r.user_id as "userId", u.name as "userName", r.road, r.selection, r.columns, r.rows, r.reason, ${state} as state,
  r.asked_at as "askedAt", r.decided_at as "decidedAt", r.decided_by as "decidedBy", r.answer, r.expires_at as "expiresAt", r.taking_id as "takingId"`

/** One page, the latest first. */
export async function requestsPage(
  tx: Tx,
  input: z.output<(typeof listExportRequests)['input']>,
): Promise<{ items: ExportRequest[]; nextCursor: string | null }> {
  const params = new Params()
  const where = ['true']
  if (input.state) where.push(`${state} = any (${params.add(input.state)}::text[])`)
  if (input.user) where.push(`r.user_id = any (${params.add(input.user)}::uuid[])`)
  if (input.cursor) where.push(`r.id < ${params.add(input.cursor)}::uuid`)
  const rows = await rowsOf<ExportRequest>(
    tx,
    `select ${columns} from export_requests r join users u on u.id = r.user_id
     where ${where.join(' and ')} order by r.id desc limit ${input.limit + 1}`,
    params.values,
  )
  const items = rows.slice(0, input.limit)
  return { items, nextCursor: rows.length > input.limit ? items.at(-1)!.id : null }
}

/** @throws Problem 404 */
export async function findRequest(tx: Tx, id: string): Promise<ExportRequest> {
  const row = await rowOf<ExportRequest>(
    tx,
    `select ${columns} from export_requests r join users u on u.id = r.user_id where r.id = $1`,
    [id],
  )
  if (!row) throw notFound()
  return row
}

/** @throws Problem 403 for whom no approval would help: without the right of export there is nothing to ask for */
export async function addRequest(tx: Tx, asked: z.output<(typeof addExportRequest)['input']>) {
  const right = await rowOf<{ may: boolean }>(tx, 'select may_export() as may')
  if (!right!.may && asked.road !== 'reading') {
    throw new Problem(403, 'no-export-right', {
      ru: 'Выгрузка вам не разрешена. Право на неё даёт руководитель.',
      en: 'You have no right of export. The head grants it.',
    })
  }
  const made = await rowOf<{ id: string }>(
    tx,
    'insert into export_requests (road, selection, columns, rows, reason) values ($1, $2, $3, $4, $5) returning id',
    [asked.road, asked.selection, asked.columns, asked.rows, asked.reason],
  )
  return findRequest(tx, made!.id)
}

/** @throws Problem 404; 403 for who is no head, and for one's own; 409 where it was decided already */
export async function decideRequest(
  tx: Tx,
  { id, approve, answer }: z.output<(typeof decideExportRequest)['input']>,
) {
  await findRequest(tx, id)
  await requireRole(tx, 'head')
  const decided = await rowsOf(
    tx,
    `update export_requests set state = case when $2 then 'approved' else 'refused' end, decided_at = product_now(), decided_by = caller_id(),
       answer = nullif($3, ''), expires_at = case when $2 then product_now() + make_interval(hours => (select request_hours from company)) end
     where id = $1 and state = 'asked' returning id`,
    [id, approve, answer],
  )
  if (decided.length === 0) throw alreadyDecided()
  return findRequest(tx, id)
}

const alreadyDecided = () =>
  new Problem(409, 'already-decided', {
    ru: 'Об этой просьбе уже решено.',
    en: 'This request was decided already.',
  })
