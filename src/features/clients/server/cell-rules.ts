import type { CellRules } from '#features/clients/cells.ts'
import type { Caller } from '#server/auth/caller.ts'
import { send, type Tx } from '#server/db/tx.ts'

interface Known {
  cityCode: string
  visible: string[]
}
type Colleague = CellRules['users'][number] & { mayOwn: boolean }

/** What the cells of this caller are understood by, in one round trip. */
export async function cellRules(tx: Tx, caller: Pick<Caller, 'role'>): Promise<CellRules> {
  const [known, users, choices, customFields] = await send(
    tx,
    {
      text: `select coalesce((select city_code from company), '495') as "cityCode", visible_user_ids() as visible`,
    },
    { text: `select id, name, active and role <> 'admin' as "mayOwn" from users order by active desc, name` },
    { text: 'select field, name from choices order by position' },
    { text: 'select key, title, type, options from custom_fields' },
  )
  const { cityCode, visible } = known!.rows[0] as Known
  const colleagues = users!.rows as Colleague[]
  const owners = new Set(colleagues.filter(({ mayOwn }) => mayOwn).map(({ id }) => id))
  const named = Map.groupBy(choices!.rows as { field: string; name: string }[], ({ field }) => field)
  return {
    cityCode,
    users: colleagues,
    mayGiveTo: (id) =>
      id === null
        ? caller.role === 'head'
        : owners.has(id) && (caller.role === 'head' || visible.includes(id)),
    choicesOf: (field) => named.get(field)?.map(({ name }) => name) ?? [],
    customFields: customFields!.rows as CellRules['customFields'],
  }
}
