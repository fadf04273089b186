import { rowOf, type Tx } from '#server/db/tx.ts'
import { Problem } from '#server/http/problem.ts'

/** @throws Problem 403 where the caller has no right of export */
export async function requireExportRight(tx: Tx) {
  const row = await rowOf<{ may: boolean }>(tx, 'select may_export() as may')
  if (row?.may) return
  throw new Problem(403, 'no-export-right', {
    ru: 'Выгрузка вам не разрешена. Право на неё даёт руководитель.',
    en: 'You have no right of export. The head grants it.',
  })
}
