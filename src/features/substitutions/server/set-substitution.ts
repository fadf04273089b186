import { filterSql } from '#features/clients/server/where.ts'
import type { Substitution } from '#features/substitutions/contract.ts'
import { inChangeSet } from '#server/db/change-set.ts'
import { withLiterals } from '#server/db/literal-sql.ts'
import { newId } from '#shared/new-id.ts'
import { Params } from '#server/db/params.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { invalid, Problem } from '#server/http/problem.ts'
import { findSubstitution } from './queries.ts'

type Given = Pick<Substitution, 'absentId' | 'deputyIds' | 'from' | 'to' | 'mode' | 'filter' | 'note'>

/** @throws Problem 403, 422 */
export const setSubstitution = (tx: Tx, given: Given) => write(tx, newId(), given)

/** Changes what is named. @throws Problem 403, 404, 422 */
export async function patchSubstitution(
  tx: Tx,
  id: string,
  changes: { [K in keyof Omit<Given, 'absentId' | 'filter'>]?: Given[K] | undefined },
) {
  const before = await findSubstitution(tx, id)
  const { deputyIds = before.deputyIds, from = before.from, to = before.to, mode = before.mode } = changes
  const note = changes.note === undefined ? before.note : changes.note
  return write(tx, id, { absentId: before.absentId, filter: before.filter, deputyIds, from, to, mode, note })
}

async function write(tx: Tx, id: string, given: Given) {
  await check(tx, given)
  const changeSetId = await inChangeSet(tx, 'substitution.set', {
    substitutionId: id,
    absentId: given.absentId,
  })
  await rowsOf(tx, 'select set_substitution($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
    id,
    given.absentId,
    given.deputyIds,
    given.from,
    given.to,
    given.mode,
    given.filter && JSON.stringify(given.filter),
    given.filter && (await conditionOf(tx, given)),
    given.note,
    changeSetId,
  ])
  return findSubstitution(tx, id)
}

/** The filter as the database applies it to whoever changes meanwhile. What a search finds is found once: who was found is in it. */
async function conditionOf(tx: Tx, { absentId, filter }: Given): Promise<string> {
  const params = new Params()
  const { search, ...lasting } = filter!
  const parts = [filterSql(lasting, params)]
  if (search) parts.push(`c.id = any (${params.add(await foundBy(tx, absentId, search))}::uuid[])`)
  return withLiterals(parts.join(' and '), params.values)
}

async function foundBy(tx: Tx, absentId: string, search: string): Promise<string[]> {
  const params = new Params()
  const where = filterSql({ search }, params)
  const rows = await rowsOf<{ id: string }>(
    tx,
    `select c.id from clients c where c.owner_id = ${params.add(absentId)}::uuid and ${where}`,
    params.values,
  )
  return rows.map(({ id }) => id)
}

async function check(tx: Tx, { absentId, deputyIds, from, to }: Given) {
  const row = await rowOf<{ may: boolean; able: string[] }>(
    tx,
    `select may_hand_over($1) as may, array(select id from users where id = any ($2::uuid[]) and active and role <> 'admin') as able`,
    [absentId, deputyIds],
  )
  if (!row!.may) throw forbidden()
  if (Date.parse(to) < Date.parse(from))
    throw invalid('to', { ru: 'Конец раньше начала.', en: 'The end is before the beginning.' })
  const wrong = deputyIds.findIndex((id) => id === absentId || !row!.able.includes(id))
  if (wrong >= 0)
    throw invalid(`deputyIds.${wrong}`, {
      ru: 'Замещать может только другой действующий сотрудник, который работает с клиентами.',
      en: 'Only another active colleague who works with clients can stand in.',
    })
}

const forbidden = () =>
  new Problem(403, 'forbidden', {
    ru: 'Замещение назначает руководитель, а внутри команды — старший менеджер, если руководитель разрешил.',
    en: 'A substitution is set by a head, and inside a team by its head where that is allowed.',
  })
