import type { FastifyInstance } from 'fastify'
import { addView, deleteView, listViews, patchView, type View } from '#features/views/contract.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { notFound, Problem } from '#server/http/problem.ts'
import { route } from '#server/http/route.ts'

/** Saved views: everybody his own, and those the head shares. Row-level security decides which of them may be changed. */
export function viewRoutes(app: FastifyInstance) {
  route(app, listViews, ({ screen }, { tx }) =>
    rowsOf<View>(tx, `select ${columns} from views where screen = $1 order by shared desc, fold(name), id`, [
      screen,
    ]),
  )
  route(app, addView, async ({ screen, name, definition, shared }, { tx }) => {
    const made = await rowOf<View>(
      tx,
      `insert into views (screen, name, definition, shared) values ($1, $2, $3, $4) returning ${columns}`,
      [screen, name, JSON.stringify(definition), shared],
    )
    return made!
  })
  route(app, patchView, async ({ id, name, definition, shared }, { tx }) => {
    const changed = await rowOf<View>(
      tx,
      `update views set name = coalesce($2, name), definition = coalesce($3, definition), shared = coalesce($4, shared),
         updated_at = now()
       where id = $1 returning ${columns}`,
      [id, name, definition && JSON.stringify(definition), shared],
    )
    return changed ?? refuse(tx, id)
  })
  route(app, deleteView, async ({ id }, { tx }) => {
    const gone = await rowOf(tx, 'delete from views where id = $1 returning 1', [id])
    if (!gone) await refuse(tx, id)
  })
}

const columns = `id, screen, name, shared, (user_id = caller_id() or caller_role() = 'head') as mine, definition,
  updated_at as "updatedAt"`

/** A shared view is seen by everybody and changed by the head; one that is not seen is not there. */
async function refuse(tx: Tx, id: string): Promise<never> {
  if (!(await rowOf(tx, 'select 1 from views where id = $1', [id]))) throw notFound()
  throw new Problem(403, 'shared-view', {
    ru: 'Общий вид меняет руководитель. Сохраните его под своим именем.',
    en: 'A shared view is changed by the head. Save it under a name of your own.',
  })
}
