import type { z } from 'zod'
import type { addCopy } from '#features/taking/contract.ts'
import { alarmTaken } from '#server/alarm-taken.ts'
import { rowOf, type Tx } from '#server/db/tx.ts'
import { type Origin, take } from '#server/taking/take.ts'

/**
 * Counts what a screen copies or prints: so many rows an hour in passing, more as an export.
 * @throws Problem 403 without the right, or above the quota
 */
export async function copyRows(
  tx: Tx,
  origin: Origin,
  { way, rows, selection, columns, clientIds }: z.output<(typeof addCopy)['input']>,
): Promise<{ id: string | null; copyLeft: number | null }> {
  // One row is a number to call or an address to write to; several at once are carried away.
  if (rows > 1 && clientIds.length > 0) await alarmTaken(tx, clientIds, { way, rows })
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
