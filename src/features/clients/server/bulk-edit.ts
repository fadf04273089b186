import type { z } from 'zod'
import { cellText, splitTags } from '#features/clients/cell-text.ts'
import {
  mostAtOnce,
  type bulkEdit as endpoint,
  type BulkChange,
  type BulkResult,
} from '#features/clients/cells-contract.ts'
import type { ClientFilter } from '#features/clients/filter.ts'
import type { Caller } from '#server/auth/caller.ts'
import { inChangeSet } from '#server/db/change-set.ts'
import { Params } from '#server/db/params.ts'
import { rowOf, rowsOf, send, type Tx } from '#server/db/tx.ts'
import { invalid, type Language, Problem } from '#server/http/problem.ts'
import { enqueue, jobKind } from '#server/jobs/queue.ts'
import type { Role } from '#shared/roles.ts'
import { cellRules } from './cell-rules.ts'
import { unseen } from './edit-cells.ts'
import { countPage, foundSql } from './list.ts'
import { type LockedRow, planRow, type RowPlan } from './plan-cells.ts'
import { lockRows, planStatements } from './write-rows.ts'

type Input = z.output<(typeof endpoint)['input']>
interface Request extends Input {
  language: Language
}
type Seer = Pick<Caller, 'role'>

/** Clients to a statement: what a cancel waits for. */
const partSize = 5_000
const mostRefused = 200

/** Sets fields of many clients: up to some thousands at once, beyond that as a job. @throws Problem 409, 422 */
export async function bulkEdit(tx: Tx, caller: Seer, request: Request) {
  for (const [index, { field, mode }] of request.changes.entries()) {
    if (mode === 'set' || field === 'categories') continue
    throw invalid(`changes.${index}.mode`, {
      ru: 'Добавлять и убирать можно только в списках: категории.',
      en: 'Only lists can be added to and removed from: categories.',
    })
  }
  const found = await countOf(tx, caller, request)
  if (found > mostAtOnce) return { jobId: await enqueue(tx, 'clients.bulk-edit', request) }
  return { jobId: null, ...(await editAll(tx, caller, request)) }
}

/** A bulk edit as one transaction and one change-set, so that whatever breaks it off leaves nothing half done. */
export const clientBulkEdit = jobKind('clients.bulk-edit', (request: Request, job) =>
  job.asUser(async (tx) => {
    const me = await rowOf<{ role: Role }>(tx, 'select role from users where id = caller_id()')
    await countOf(tx, me!, request)
    return editAll(tx, me!, request, job.progress)
  }),
)

/** How many it is about. @throws Problem 409 where they are not about as many as the person was told */
async function countOf(tx: Tx, caller: Seer, { ids, filter, expected }: Request): Promise<number> {
  if (ids) return new Set(ids).size
  const { count } = await countPage(tx, caller, filter!, { exact: true })
  if (Math.abs(count - expected) <= Math.max(2, expected * 0.02)) return count
  throw new Problem(
    409,
    'count-changed',
    {
      ru: `Под фильтр теперь подходит другое число клиентов: ${count}. Проверьте и повторите.`,
      en: `The filter now finds another number of clients: ${count}. Check and try again.`,
    },
    { count },
  )
}

async function editAll(
  tx: Tx,
  caller: Seer,
  { ids, filter, changes, language }: Request,
  progress: (done: number, total: number) => Promise<void> = async () => {},
): Promise<BulkResult> {
  const rules = await cellRules(tx, caller)
  const all = ids ? [...new Set(ids)] : await idsOf(tx, caller, filter!)
  const result: BulkResult = {
    changeSetId: null,
    counts: { written: 0, unchanged: 0, refused: 0 },
    refused: [],
  }
  const refuse = (id: string, name: string | null, field: string, message: string) => {
    if (result.refused.length < mostRefused) result.refused.push({ id, name, field, message })
  }
  for (let done = 0; done < all.length; done += partSize) {
    await progress(done, all.length)
    const part = all.slice(done, done + partSize)
    const rows = await lockRows(
      tx,
      part,
      changes.map(({ field }) => field),
    )
    const plans = part.flatMap((id): RowPlan[] => {
      const row = rows.get(id)
      if (row) return [planRow(row, editsOf(row, changes), rules)]
      result.counts.refused++
      refuse(id, null, changes[0]!.field, unseen[language])
      return []
    })
    for (const { row, outcomes } of plans) {
      result.counts[worst(outcomes)]++
      outcomes.forEach((outcome, at) => {
        if (outcome.outcome === 'refused')
          refuse(row.id, row.name, changes[at]!.field, outcome.sentence[language])
      })
    }
    const statements = planStatements(plans)
    if (statements.length === 0) continue
    result.changeSetId ??= await inChangeSet(tx, 'client.bulk-edit', {
      changes: changes.map(({ field, text, mode }) => ({ field, text: text.slice(0, 200), mode })),
      clients: all.length,
    })
    await send(tx, ...statements)
  }
  await progress(all.length, all.length)
  return result
}

/** A client counts as refused where any of his cells was. */
function worst(outcomes: RowPlan['outcomes']): keyof BulkResult['counts'] {
  const said = new Set(outcomes.map(({ outcome }) => outcome))
  if (said.has('refused')) return 'refused'
  return said.has('written') ? 'written' : 'unchanged'
}

const editsOf = (row: LockedRow, changes: readonly BulkChange[]) =>
  changes.map(({ field, text, mode }) => ({ field, text: mode === 'set' ? text : retagged(row, text, mode) }))

function retagged(row: LockedRow, text: string, mode: 'add' | 'remove'): string {
  const named = splitTags(text)
  const lower = new Set(named.map((tag) => tag.toLowerCase()))
  const others = splitTags(cellText(row, 'categories')).filter((tag) => !lower.has(tag.toLowerCase()))
  return (mode === 'add' ? [...others, ...named] : others).join('; ')
}

async function idsOf(tx: Tx, caller: Seer, filter: ClientFilter): Promise<string[]> {
  const params = new Params()
  const found = await rowsOf<{ id: string }>(tx, foundSql(caller, filter, params), params.values)
  return found.map(({ id }) => id)
}
