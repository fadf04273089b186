import type { z } from 'zod'
import type { decideImportRow, ImportRow } from '#features/imports/contract.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { invalid, type Language, notFound } from '#server/http/problem.ts'
import { findRow } from './list-rows.ts'
import { lockOwnImport } from './queries.ts'
import { notNow } from './refusals.ts'

type Decide = z.output<(typeof decideImportRow)['input']>

/** Keeps what a person says about a doubtful row, also when its file is read again. */
export async function decideRow(
  tx: Tx,
  { id, number, decision, clientId }: Decide,
  language: Language,
): Promise<ImportRow> {
  const found = await lockOwnImport(tx, id)
  if (found.status !== 'ready') throw notNow()
  const row = await rowOf<{ found: string }>(
    tx,
    'select found from import_matches where import_id = $1 and number = $2',
    [id, number],
  )
  if (!row) throw notFound()
  if (row.found !== 'doubtful')
    throw invalid('number', { ru: 'Эта строка не требует решения.', en: 'This row needs no decision.' })
  if (decision === null)
    await rowsOf(tx, 'delete from import_decisions where import_id = $1 and number = $2', [id, number])
  else
    await rowsOf(
      tx,
      `insert into import_decisions (import_id, number, decision, client_id) values ($1, $2, $3, $4)
       on conflict (import_id, number) do update set decision = excluded.decision, client_id = excluded.client_id`,
      [id, number, decision, clientId ?? null],
    )
  await rowsOf(tx, 'select decide_import_rows($1, $2)', [id, number])
  const decided = await findRow(tx, id, number, language)
  if (decision !== null && decided.outcome === 'doubtful')
    throw invalid('clientId', {
      ru: 'Этого клиента вы дополнить не можете.',
      en: 'You may not add to this client.',
    })
  return decided
}
