import type { z } from 'zod'
import type { Client, exportClients } from '#features/clients/contract.ts'
import { fieldsOf, type CellContext, type ClientField } from '#features/clients/fields.ts'
import { alarmTaken } from '#server/alarm-taken.ts'
import type { Caller } from '#server/auth/caller.ts'
import { asCaller, rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { csvRows } from '#server/files/csv-writer.ts'
import { xlsxStream } from '#server/files/xlsx-writer.ts'
import { keepOutput } from '#server/jobs/output.ts'
import { jobKind, type JobContext } from '#server/jobs/queue.ts'
import { markOf, mayTake, type Origin, quotaLeft, take, type Taking } from '#server/taking/take.ts'
import type { Role } from '#shared/roles.ts'
import { countPage, listPage, type Viewer } from './list.ts'

export type ExportRequest = z.output<(typeof exportClients)['input']>

/** What the queue keeps of it: also from where it was asked. */
type ExportWork = ExportRequest & { origin: Origin }

const pageSize = 500

/** Writes what a filter shows into a file, page by page as the person who asked; nobody has the file before its rows are taken. */
export const clientExport = jobKind('clients.export', async ({ origin, ...request }: ExportWork, job) => {
  const { viewer, fields, context, mark, count } = await job.asUser((tx) => prepare(tx, job, request))
  const title = titleOf(request)
  let done = 0
  async function* rows() {
    for await (const client of clientsOf(job, viewer, request, count)) {
      yield fields.map((field) => field.text(client, context))
      if (++done % pageSize === 0) await job.progress(done)
    }
  }
  const stream =
    request.format === 'xlsx'
      ? xlsxStream(
          { sheet: title, columns: fields.map((field) => columnOf(field, request.language)), mark },
          rows(),
        )
      : csvRows(
          fields.map((field) => field.title[request.language]),
          rows(),
          mark,
        )
  const size = await keepOutput(job, stream)
  await job.progress(done, done)
  await job.asUser((tx) => take(tx, origin, { ...takingOf(request, done), id: job.id }))
  const mediaType =
    request.format === 'xlsx'
      ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
      : 'text/csv; charset=utf-8'
  return {
    count: done,
    size,
    file: { name: fileNameOf(request), mediaType },
  }
})

const titleOf = ({ language }: ExportRequest) => (language === 'ru' ? 'Клиенты' : 'Clients')

const fileNameOf = (request: ExportRequest) =>
  `${titleOf(request)} ${new Date().toISOString().slice(0, 10)}.${request.format}`

function takingOf(request: ExportRequest, rows: number): Taking {
  const { columns } = request
  return {
    road: 'clients',
    fileName: fileNameOf(request),
    selection: filterOf(request),
    columns,
    rows,
    counted: true,
  }
}

/**
 * Says at once that an export would be more than its author may take. Whoever has no quota is not counted for.
 * @throws Problem 403
 */
export async function foreseeExport(tx: Tx, caller: Pick<Caller, 'role'>, request: ExportRequest) {
  const counts = (await quotaLeft(tx)) !== null
  const rows = counts ? (await countPage(tx, caller, filterOf(request), { exact: true })).count : 0
  await mayTake(tx, takingOf(request, rows))
}

const filterOf = ({ columns: _, format: __, language: ___, sort: ____, ...filter }: ExportRequest) => filter

async function prepare(tx: Tx, job: JobContext, request: ExportRequest) {
  const me = await rowOf<{ role: Role; masked: boolean; timeZone: string }>(
    tx,
    `select u.role, u.masked, coalesce(u.time_zone, (select time_zone from company)) as "timeZone" from users u where u.id = caller_id()`,
  )
  const users = await rowsOf<{ id: string; name: string }>(tx, 'select id, name from users')
  const customFields = await rowsOf<{ key: string; title: string }>(
    tx,
    'select key, title from custom_fields',
  )
  const names = new Map(users.map((user) => [user.id, user.name]))
  const format = new Intl.DateTimeFormat(request.language === 'ru' ? 'ru-RU' : 'en-GB', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: me!.timeZone,
  })
  const context: CellContext = {
    language: request.language,
    nameOfUser: (id) => names.get(id) ?? '',
    formatInstant: (iso) => format.format(new Date(iso)),
  }
  // Asked again: the right may have gone between the click and the work. Work begun anew has taken its rows already.
  const taken = await rowsOf(tx, 'select 1 from takings where id = $1', [job.id])
  if (taken.length === 0) await foreseeExport(tx, me!, request)
  const { count, exact } = await countPage(tx, me!, filterOf(request))
  if (exact) await rowsOf(tx, 'update jobs set total = $2 where id = $1', [job.id, count])
  const fields = fieldsOf(request.columns, customFields)
  const mark = await markOf(tx, request.language, job.id)
  return { viewer: me!, fields, context, mark, count: exact ? count : undefined }
}

const columnOf = (field: ClientField, language: 'ru' | 'en') => ({
  title: field.title[language],
  ...(field.width !== undefined && { width: field.width }),
})

/** Page by page, each a transaction of its own: the export of a million clients holds nothing open. */
async function* clientsOf(
  job: JobContext,
  viewer: Viewer,
  request: ExportRequest,
  rows?: number,
): AsyncGenerator<Client> {
  let cursor: string | undefined
  do {
    const input = { ...request, limit: pageSize, cursor }
    const text = await asCaller(
      job.database.app,
      { userId: job.userId },
      (tx) => listPage(tx, viewer, input),
      { mode: 'read', roleHint: viewer.role },
    )
    const page = JSON.parse(text) as { items: Client[]; nextCursor: string | null }
    await job.asUser((tx) =>
      alarmTaken(
        tx,
        page.items.map(({ id }) => id),
        { way: 'export', rows },
      ),
    )
    yield* page.items
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}
