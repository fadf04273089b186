import type { z } from 'zod'
import type { addFillRequest, previewFillRequest } from '#features/fill-requests/contract.ts'
import type { ReportSelection } from '#features/reports/contract.ts'
import { badStates, goodStates, monthsOf } from '#features/reports/quality.ts'
import { stateCodes } from '#features/reports/server/columns.ts'
import { noRequirements, requirementsOf } from '#features/reports/server/requirements.ts'
import { keysOf, selectionSql, unitsOf } from '#features/reports/server/units.ts'
import type { Caller } from '#server/auth/caller.ts'
import { requireRole } from '#server/auth/require-role.ts'
import { inChangeSet } from '#server/db/change-set.ts'
import { Params } from '#server/db/params.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { invalid } from '#server/http/problem.ts'
import { codeSql } from './cells.ts'

const mostColumns = 15

/** Whom a request made from this selection would reach. */
export async function previewRequest(
  tx: Tx,
  caller: Caller,
  selection: ReportSelection,
): Promise<z.input<(typeof previewFillRequest)['output']>> {
  await requireRole(tx, 'head', 'team-head')
  const params = new Params()
  const { found } = await askedSql(tx, caller, selection, params)
  const rows = await rowsOf<{ userId: string | null; name: string | null; clients: number }>(
    tx,
    `select g."userId", u.name, g.clients from (
       select case when ${mayAsk(caller)} then owner_id end as "userId", count(*) as clients from (${found}) a group by 1) g
     left join users u on u.id = g."userId" order by g.clients desc, u.name_key`,
    params.values,
  )
  return {
    people: rows.flatMap(({ userId, name, clients }) =>
      userId !== null && name !== null ? [{ userId, name, clients }] : [],
    ),
    unasked: rows.find(({ userId }) => userId === null)?.clients ?? 0,
  }
}

/** Makes a request: its clients are fixed here, in one statement. @returns its id and its change-set */
export async function makeRequest(
  tx: Tx,
  caller: Caller,
  { selection, people, dueOn, text }: z.output<(typeof addFillRequest)['input']>,
  today: string,
): Promise<{ id: string; changeSetId: string }> {
  await requireRole(tx, 'head', 'team-head')
  if (dueOn < today) {
    throw invalid('dueOn', { ru: 'Этот день уже прошёл.', en: 'That day has passed.' })
  }
  const changeSetId = await inChangeSet(tx, 'request.create')
  const columns = columnsAsked(selection)
  const made = await rowOf<{ id: string }>(
    tx,
    `insert into fill_requests (text, columns, persons, quality, checked_months, due_on)
     values ($1, $2, $3, $4, $5, $6) returning id`,
    [
      text,
      columns,
      selection.persons,
      selection.quality ?? (selection.checkedMonths === undefined ? 'valid' : 'checked'),
      monthsOf(selection) ?? null,
      dueOn,
    ],
  )
  const { id } = made!
  const clients = await askClients(tx, caller, selection, people, id)
  await rowsOf(tx, 'update fill_requests set clients = $2 where id = $1', [id, clients])
  await rowsOf(tx, 'update change_sets set details = $2 where id = $1', [
    changeSetId,
    { request: id, clients, columns, dueOn },
  ])
  return { id, changeSetId }
}

async function askClients(
  tx: Tx,
  caller: Caller,
  selection: ReportSelection,
  people: string[] | undefined,
  id: string,
): Promise<number> {
  const params = new Params()
  const { found } = await askedSql(tx, caller, selection, params)
  const only = people ? ` and owner_id = any (${params.add(people)}::uuid[])` : ''
  const row = await rowOf<{ count: number }>(
    tx,
    `with put as (
       insert into fill_request_clients (request_id, client_id, owner_id, asked)
       select ${params.add(id)}::uuid, client_id, owner_id, asked from (${found}) a where ${mayAsk(caller)}${only} returning 1)
     select count(*)::int as count from put`,
    params.values,
  )
  if (row!.count > 0) return row!.count
  throw invalid('selection', {
    ru: 'Просить некого: в этом отборе нет пробелов у клиентов с ответственным.',
    en: 'There is nobody to ask: no client with an owner lacks anything in this selection.',
  })
}

/** The head asks every owner, a team head his team. */
const mayAsk = ({ role }: Caller) =>
  role === 'head'
    ? 'owner_id is not null'
    : 'coalesce(owner_id = any ((select visible_user_ids())::uuid[]), false)'

/** SQL of the clients of a selection that lack something: client_id, owner_id, asked (a bit for each column). */
async function askedSql(tx: Tx, caller: Caller, selection: ReportSelection, params: Params) {
  if (selection.object === 'persons') {
    throw invalid('selection.object', {
      ru: 'Попросить дополнить можно клиентов: переключите отчёт с контактных лиц на клиентов.',
      en: 'Clients can be asked about: switch the report from persons to clients.',
    })
  }
  const asked = columnsAsked(selection)
  const good = goodStates(selection)
  const wanted = selection.state?.filter((state) => !good.includes(state)) ?? badStates(selection)
  if (wanted.length === 0) {
    throw invalid('selection.state', {
      ru: 'Выбраны только хорошие состояния: дополнять нечего.',
      en: 'Only good states are chosen: there is nothing to fill in.',
    })
  }
  const needs = selection.required === undefined ? noRequirements : await requirementsOf(tx)
  const { columns, from, where } = unitsOf(selection, keysOf(selection), caller, needs, params)
  const codes = params.add(wanted.map((state) => stateCodes[state]))
  const bits = asked.map((key, at) => {
    const column = columns.find((one) => one.key === key)!
    return `case when ${codeSql(column)} = any (${codes}::int[]) then ${1 << at} else 0 end`
  })
  return {
    found: `select * from (
      select v.client_id, v.owner_id, ${bits.join(' + ')} as asked from ${from}
      where ${where} and ${selectionSql({ ...selection, state: wanted }, columns, params)}) lacking where asked <> 0`,
  }
}

/** Columns a selection asks to fill. @throws Problem 422 where they are too many for one table */
function columnsAsked(selection: ReportSelection): string[] {
  const columns = [...new Set(selection.kind === undefined ? selection.kinds : [selection.kind])]
  if (columns.length <= mostColumns) return columns
  throw invalid('selection.kinds', {
    ru: `За один раз можно просить не больше ${mostColumns} видов.`,
    en: `No more than ${mostColumns} columns can be asked for at once.`,
  })
}
