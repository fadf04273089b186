import type { GroupRules } from '#features/single-sign-on/contract.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'

export const readGroupRules = async (tx: Tx): Promise<GroupRules> =>
  (await rowOf<{ kept: GroupRules }>(tx, 'select group_rules() as kept'))!.kept

/** @throws 42501 where an admin touches a rule of heads; 23503 for a team that is not there */
export const writeGroupRules = (tx: Tx, { rules, otherwise, trustsProviderFactor }: GroupRules) =>
  rowsOf(tx, 'select set_group_rules($1, $2, $3)', [JSON.stringify(rules), otherwise, trustsProviderFactor])

/** @throws P0002 for nobody or a dismissed person; 42501 where the caller may not */
export const allowLink = (tx: Tx, userId: string) => rowsOf(tx, 'select permit_link($1)', [userId])

/** @throws P0002 for nobody; 42501 where the caller may not */
export const forgetLink = (tx: Tx, userId: string) => rowsOf(tx, 'select unlink_account($1)', [userId])
