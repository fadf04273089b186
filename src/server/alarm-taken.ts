import { rowsOf, type Tx } from '#server/db/tx.ts'

/** How clients leave the base. */
export interface Way {
  way: 'export' | 'report' | 'print' | 'clipboard'
  rows?: number | undefined
}

/** To be called with the clients somebody takes away: heads hear of it where one is there to be noticed. Tells the caller nothing. */
export const alarmTaken = (tx: Tx, ids: readonly string[], details: Way) =>
  rowsOf(tx, 'select alarm_taken($1::uuid[], $2)', [ids, details])

/** The same for bare values, as a list of addresses to write to. */
export const alarmTakenValues = (tx: Tx, kind: string, values: readonly string[], details: Way) =>
  rowsOf(tx, 'select alarm_taken_values($1, $2::text[], $3)', [kind, values, details])

/** Rows of clients on their way into a file, batch by batch. */
export async function* watched<Row extends { id: string }>(
  tx: Tx,
  batches: AsyncIterable<Row[]>,
  details: Way,
): AsyncGenerator<Row[]> {
  for await (const batch of batches) {
    await alarmTaken(
      tx,
      batch.map(({ id }) => id),
      details,
    )
    yield batch
  }
}
