import type pg from 'pg'
import type { CheckedArchive } from './archive-check.ts'

/**
 * Runs `load` on emptied tables without triggers, foreign keys and secondary indexes, and puts those back: rows come in any
 * order and as they were, and a million of them in minutes. All inside the caller's transaction, and with an owner's
 * rights only: `session_replication_role` would need a superuser.
 */
export async function restoreBare(
  client: pg.Client,
  { tables }: CheckedArchive,
  load: () => Promise<void>,
): Promise<void> {
  const names = tables.map(({ name }) => name)
  const keys = await read(client, foreignKeys)
  const indexes = await read(client, secondaryIndexes)
  await runAll(
    client,
    keys.map(({ name, of }) => `alter table ${of} drop constraint ${name}`),
  )
  await runAll(
    client,
    indexes.map(({ name }) => `drop index ${name}`),
  )
  await runAll(
    client,
    names.map((name) => `alter table ${name} disable trigger user`),
  )
  await client.query(`truncate ${names.join(', ')}`)
  await load()
  await client.query(`set local maintenance_work_mem = '512MB'`)
  await runAll(
    client,
    indexes.map(({ definition }) => definition),
  )
  await runAll(
    client,
    keys.map(({ name, of, definition }) => `alter table ${of} add constraint ${name} ${definition}`),
  )
  await runAll(
    client,
    names.map((name) => `alter table ${name} enable trigger user`),
  )
}

interface Part {
  name: string
  of: string
  definition: string
}

const foreignKeys = `
  select quote_ident(conname) as name, conrelid::regclass::text as of, pg_get_constraintdef(c.oid) as definition
  from pg_constraint c join pg_namespace n on n.oid = connamespace
  where contype = 'f' and conparentid = 0 and nspname in ('public', 'auth') order by 2, 1`

// The parts of a partitioned index cannot be dropped one by one, and its definition does not name them: those stay.
const secondaryIndexes = `
  select format('%I.%I', n.nspname, i.relname) as name, indrelid::regclass::text as of, pg_get_indexdef(indexrelid) as definition
  from pg_index x join pg_class i on i.oid = indexrelid join pg_class t on t.oid = indrelid join pg_namespace n on n.oid = i.relnamespace
  where n.nspname in ('public', 'auth') and t.relkind = 'r' and not t.relispartition and t.relpersistence = 'p'
    and not indisreplident and not exists (select from pg_constraint c where c.conindid = indexrelid)
    and not exists (select from pg_depend d where d.objid = t.oid and d.deptype = 'e') order by 2, 1`

const read = async (client: pg.Client, query: string) => (await client.query<Part>(query)).rows

const runAll = (client: pg.Client, statements: string[]) => client.query(statements.join(';\n'))
