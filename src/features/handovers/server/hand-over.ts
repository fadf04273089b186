import type { z } from 'zod'
import type { Handover, handOver as handOverEndpoint } from '#features/handovers/contract.ts'
import type { Caller } from '#server/auth/caller.ts'
import { inChangeSet } from '#server/db/change-set.ts'
import { newId } from '#shared/new-id.ts'
import { rowOf, rowsOf, send, type Tx } from '#server/db/tx.ts'
import { invalid, Problem } from '#server/http/problem.ts'
import { findHandover } from './queries.ts'
import { allotting } from './portions.ts'

type Input = z.output<(typeof handOverEndpoint)['input']>

/**
 * Hands everything over in one transaction and one change-set: owners, given seats, open plans; what is done stays his who did it.
 * With `dismiss` his access ends with it.
 * @throws Problem 403, 404, 409 for the last head, 422
 */
export async function handOver(tx: Tx, caller: Caller, input: Input): Promise<Handover> {
  await checkPeople(tx, caller, input)
  const id = newId()
  const changeSetId = await inChangeSet(tx, 'handover.apply', { handoverId: id, fromId: input.fromId })
  await rowsOf(tx, 'insert into handovers (id, from_id, dismissed, change_set_id) values ($1, $2, $3, $4)', [
    id,
    input.fromId,
    input.dismiss,
    changeSetId,
  ])
  // First: work of his that is under way waits for this transaction from here on, and ends with it.
  const ended = input.dismiss ? await endWork(tx, input.fromId) : { jobs: 0, sessions: 0, tokens: 0 }
  const results = await send(
    tx,
    allotting(id, input, input.dismiss),
    {
      text: `update activities a set user_id = h.to_id from handover_clients h
        where h.handover_id = $1 and h.to_id is not null and a.client_id = h.client_id and a.user_id = $2
          and a.done_at is null and a.cancelled_at is null and a.due_at is not null`,
      values: [id, input.fromId],
    },
    { text: 'select hand_seats_over($1) as moved', values: [id] },
    {
      text: `update clients c set owner_id = h.to_id from handover_clients h
        where h.handover_id = $1 and h.owned and c.id = h.client_id`,
      values: [id],
    },
    {
      text: `select count(*) filter (where owned and to_id is not null)::int as clients, count(*) filter (where to_id is null)::int as rest
        from handover_clients where handover_id = $1`,
      values: [id],
    },
  )
  if (input.dismiss)
    await rowsOf(tx, 'update users set active = false, deactivated_at = now() where id = $1 and active', [
      input.fromId,
    ])
  const { clients, rest } = results[4]!.rows[0] as { clients: number; rest: number }
  const counts = {
    clients,
    rest,
    shared: (results[2]!.rows[0] as { moved: number }).moved,
    plan: results[1]!.rowCount ?? 0,
    ...ended,
  }
  await rowsOf(tx, 'update handovers set counts = $2 where id = $1', [id, counts])
  return findHandover(tx, id)
}

/** Sessions and keys are gone, running jobs told to stop; how many. */
async function endWork(tx: Tx, person: string) {
  const ended = await rowOf<{ jobs: number; sessions: number; tokens: number }>(
    tx,
    'select jobs, sessions, tokens from end_work_of($1)',
    [person],
  )
  return ended!
}

/** Who may hand over what to whom. @throws Problem 403, 422 */
export async function checkPeople(
  tx: Tx,
  caller: Caller,
  { fromId, parts, dismiss = false }: Omit<Input, 'dismiss'> & { dismiss?: boolean },
) {
  const allowed = await rowOf<{ may: boolean; known: boolean; role: string }>(
    tx,
    `select may_hand_over($1) as may, exists (select 1 from users where id = $1) as known`,
    [fromId],
  )
  if (!allowed!.may || (dismiss && caller.role !== 'head')) throw forbidden()
  if (!allowed!.known) throw invalid('fromId', nobody)
  if (dismiss && fromId === caller.id) throw invalid('fromId', notOneself)
  const able = new Set(
    (
      await rowsOf<{ id: string }>(
        tx,
        `select id from users where id = any ($1::uuid[]) and active and role <> 'admin'
           and (caller_role() = 'head' or id = any ((select visible_user_ids())::uuid[]))`,
        [parts.map(({ toId }) => toId)],
      )
    ).map(({ id }) => id),
  )
  parts.forEach(({ toId }, at) => {
    if (toId === fromId || !able.has(toId)) throw invalid(`parts.${at}.toId`, noSuccessor)
  })
}

const forbidden = () =>
  new Problem(403, 'forbidden', {
    ru: 'Передавать клиентов может руководитель, а внутри команды — старший менеджер, если руководитель разрешил.',
    en: 'Clients are handed over by a head, and inside a team by its head where that is allowed.',
  })
const nobody = { ru: 'Такого сотрудника нет.', en: 'There is no such person.' }
const notOneself = { ru: 'Уволить самого себя нельзя.', en: 'One cannot dismiss oneself.' }
const noSuccessor = {
  ru: 'Преемником может быть только другой действующий сотрудник, который работает с клиентами.',
  en: 'Only another active colleague who works with clients can be the successor.',
}
