import { rowOf, type Tx } from '#server/db/tx.ts'

/** The city code local phone numbers are completed by. */
export async function cityCodeOf(tx: Tx): Promise<string> {
  return (
    (await rowOf<{ cityCode: string }>(tx, 'select city_code as "cityCode" from company'))?.cityCode ?? '495'
  )
}
