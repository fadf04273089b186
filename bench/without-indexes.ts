import type pg from 'pg'

interface Dropped {
  table: string
  drop: string
  make: string
}

/**
 * Runs `work` with the indexes and unique keys of these tables dropped, then builds them anew, two at a time.
 * For loads into empty tables: building once costs a fraction of keeping.
 */
export async function withoutIndexes(
  pool: pg.Pool,
  tables: readonly string[],
  work: () => Promise<unknown>,
  wanted: (table: string) => boolean = () => true,
): Promise<void> {
  const dropped = (await indexesOf(pool, tables)).filter(({ table }) => wanted(table))
  for (const { drop } of dropped) await pool.query(drop)
  try {
    await work()
  } finally {
    const rest = dropped.toReversed()
    const build = async () => {
      for (let one = rest.shift(); one; one = rest.shift()) await pool.query(one.make)
    }
    await Promise.all([build(), build()])
  }
}

/** Plain indexes only: keys that constraints stand on stay, so that references to them hold. */
async function indexesOf(pool: pg.Pool, tables: readonly string[]): Promise<Dropped[]> {
  const { rows } = await pool.query<Dropped>(
    `select c.relname as table, format('drop index %I', i.relname) as drop, pg_get_indexdef(x.indexrelid) as make
     from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
     where c.relname = any ($1) and c.relnamespace = 'public'::regnamespace
       and not exists (select 1 from pg_constraint k where k.conindid = x.indexrelid)
     order by pg_relation_size(x.indexrelid)`,
    [tables],
  )
  return rows
}
