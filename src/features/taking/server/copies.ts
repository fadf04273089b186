import type { z } from 'zod'
import type { addCopy } from '#features/taking/contract.ts'
import { rowOf, type Tx } from '#server/db/tx.ts'
import { type Origin, take } from '#server/taking/take.ts'

/**
 * Counts what a screen copies or prints: so many rows an hour in passing, more as an export.
 * @throws Problem 403 without the right, or above the quota
 */
export async function copyRows(
  tx: Tx,
  origin: Origin,
  { way, rows, selection, columns }: z.output<(typeof addCopy)['input']>,
): Promise<{ id: string | null; copyLeft: number | null }> {
  const asked = await rowOf<{ passed: boolean; remain: number | null }>(
    tx,
    'select * from copy_in_passing($1, $2)',
    [way === 'clipboard' ? 'copy' : 'print', rows],
  )
  const { passed, remain } = asked!
  if (passed) return { id: null, copyLeft: remain }
  const id = await take(tx, origin, { road: way, fileName: null, selection, columns, rows, counted: true })
  return { id, copyLeft: remain }
}
