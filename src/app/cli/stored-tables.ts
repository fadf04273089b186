import type pg from 'pg'
import type { ArchiveHeader, ArchiveTable } from './archive-format.ts'

const ours = `('public', 'auth')`
/** The state of the schema itself, and what guards this one installation's door. */
const left = `('public.schema_migrations', 'auth.attempts')`

/**
 * Every table that holds the company's data, partitions under their parent, with the columns that can be written. Numbers of transactions
 * mean nothing to another server: there, acts take the number they are restored under.
 */
export async function storedTables(
  client: pg.ClientBase,
): Promise<Array<ArchiveTable & { estimate: number }>> {
  const { rows } = await client.query<ArchiveTable & { estimate: number }>(
    `select format('%I.%I', n.nspname, c.relname) as name,
       greatest(sum(c.reltuples), (select sum(greatest(p.reltuples, 0)) from pg_inherits i join pg_class p on p.oid = i.inhrelid
         where i.inhparent = c.oid), 0)::float8 as estimate,
       (select array_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.atttypid <> 'xid8'::regtype) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ${ours} and c.relkind in ('r', 'p') and c.relpersistence = 'p' and not c.relispartition
       and format('%I.%I', n.nspname, c.relname) not in ${left}
       and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     group by n.nspname, c.relname, c.oid order by 1`,
  )
  return rows
}

/** Where every counter of those tables stands. */
export async function storedSequences(client: pg.ClientBase): Promise<ArchiveHeader['sequences']> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, sequencename) as name from pg_sequences where schemaname in ${ours} order by 1`,
  )
  const sequences: ArchiveHeader['sequences'] = {}
  for (const { name } of rows) {
    const found = await client.query<{ value: string; used: boolean }>(
      `select last_value::text as value, is_called as used from ${name}`,
    )
    sequences[name] = found.rows[0]!
  }
  return sequences
}

/** The number of the schema of this base. */
export async function schemaOf(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ number: number }>(
    'select max(number) as number from schema_migrations',
  )
  return rows[0]!.number
}
