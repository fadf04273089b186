import type { Substitution } from '#features/substitutions/contract.ts'
import { Params } from '#server/db/params.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { notFound } from '#server/http/problem.ts'

const columns = `s.id, s.absent_id as "absentId", deputies_of(s.id) as "deputyIds", s.starts_at as "from", s.ends_at as "to", s.mode,
  s.filter, s.note, s.created_by as "createdBy",
  case when s.ends_at <= product_now() then 'over' when s.starts_at > product_now() then 'coming' else 'running' end as status,
  s.ends_at > product_now() and not exists (
    select 1 from unnest(deputies_of(s.id)) d join users u on u.id = d and u.active
    where not exists (select 1 from substitutions o where o.absent_id = d and o.starts_at < s.ends_at and o.ends_at > s.starts_at)) as unattended`

export function findSubstitutions(
  tx: Tx,
  input: { from?: string | undefined; to?: string | undefined; user?: string[] | undefined },
): Promise<Substitution[]> {
  const params = new Params()
  const where = ['true']
  if (input.from) where.push(`s.ends_at > ${params.add(input.from)}::timestamptz`)
  if (input.to) where.push(`s.starts_at < ${params.add(input.to)}::timestamptz`)
  if (input.user) where.push(`s.absent_id = any (${params.add(input.user)}::uuid[])`)
  return rowsOf<Substitution>(
    tx,
    `select ${columns} from substitutions s where ${where.join(' and ')} order by s.starts_at desc, s.id limit 500`,
    params.values,
  )
}

/** @throws Problem 404 */
export async function findSubstitution(tx: Tx, id: string): Promise<Substitution> {
  const row = await rowOf<Substitution>(tx, `select ${columns} from substitutions s where s.id = $1`, [id])
  if (!row) throw notFound()
  return row
}

export const visibilityOf = (tx: Tx, client: string) =>
  rowsOf<{
    reason: 'all' | 'owner' | 'handed-over' | 'team' | 'shared' | 'substitution'
    userId: string | null
    until: string | null
  }>(tx, 'select reason, user_id as "userId", until from why_seen($1)', [client])

/** Absences of the next days, or of now, for which nobody stands in, as far as the caller may know of them. */
export const unattendedOf = (tx: Tx, days: number) =>
  rowsOf<{ id: string; name: string; from: string; to: string }>(
    tx,
    `select s.id, u.name, s."from", s."to" from (select ${columns} from substitutions s
       where s.ends_at > product_now() and s.starts_at < product_now() + make_interval(days => $1)) s
     join users u on u.id = s."absentId" and u.active where s.unattended order by s."from", u.name_key`,
    [days],
  )
