import { rowOf, type Tx } from './tx.ts'

/** The company's calendar day at this moment, `YYYY-MM-DD`. */
export async function companyDay(tx: Tx, now: Date): Promise<string> {
  const row = await rowOf<{ day: string }>(
    tx,
    `select ($1::timestamptz at time zone coalesce((select time_zone from company), 'Europe/Moscow'))::date as day`,
    [now],
  )
  return row!.day
}
