import type { Distribution } from '#features/distribution/contract.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'

export const findDistribution = async (tx: Tx) =>
  (await rowOf<Distribution>(tx, 'select active, way, team_ids as "teamIds", regions from distribution'))!

/** Another rule, another load: what was counted for the old one is forgotten. */
export async function saveDistribution(tx: Tx, { active, way, teamIds, regions }: Distribution) {
  await rowsOf(
    tx,
    `update distribution set active = $1, way = $2, team_ids = $3, regions = $4, loads_at = null, updated_at = product_now(), updated_by = caller_id()`,
    [active, way, teamIds, JSON.stringify(regions)],
  )
  return findDistribution(tx)
}

export async function previewOf(tx: Tx) {
  const found = await rowOf<{ clients: number }>(
    tx,
    'select count(*)::int as clients from clients where owner_id is null and archived_at is null',
  )
  const people = await rowsOf<{ userId: string; clients: number }>(
    tx,
    'select user_id as "userId", clients from distribution_preview()',
  )
  return { clients: found!.clients, people }
}
