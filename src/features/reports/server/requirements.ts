import type { Params } from '#server/db/params.ts'
import { rowOf, type Tx } from '#server/db/tx.ts'
import type { ContactKind } from '#shared/verdict.ts'

/** Which kinds of contact a client must have: those of the company, and of his stage and categories on top. */
export interface Requirements {
  company: ContactKind[]
  choices: { field: 'stage' | 'category'; name: string; kinds: ContactKind[] }[]
}

export const noRequirements: Requirements = { company: [], choices: [] }

export async function requirementsOf(tx: Tx): Promise<Requirements> {
  const row = await rowOf<Requirements>(
    tx,
    `select coalesce((select to_json(required_kinds) from company), '[]') as company,
       coalesce((select json_agg(json_build_object('field', field, 'name', name, 'kinds', required_kinds))
         from choices where field in ('stage', 'category') and required_kinds <> '{}'), '[]') as choices`,
  )
  return row!
}

/** Condition over states `v`: a valid contact of every kind required of this client. */
export function requiredSql({ company, choices }: Requirements, params: Params): string {
  const parts = company.map((kind) => `v.${kind} = 3`)
  for (const { field, name, kinds } of choices) {
    const extra = kinds.filter((kind) => !company.includes(kind)).map((kind) => `v.${kind} = 3`)
    if (extra.length === 0) continue
    const concerned =
      field === 'stage' ? `v.stage = ${params.add(name)}` : `${params.add(name)} = any (v.categories)`
    parts.push(`(not coalesce(${concerned}, false) or (${extra.join(' and ')}))`)
  }
  return parts.length === 0 ? 'true' : `(${parts.join(' and ')})`
}
