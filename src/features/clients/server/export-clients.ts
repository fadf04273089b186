import type { z } from 'zod'
import type { Client, exportClients } from '#features/clients/contract.ts'
import { fieldsOf, type CellContext, type ClientField } from '#features/clients/fields.ts'
import { requireExportRight } from '#server/auth/export-right.ts'
import { inChangeSet } from '#server/db/change-set.ts'
import { asCaller, rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { csvRows } from '#server/files/csv-writer.ts'
import { xlsxStream } from '#server/files/xlsx-writer.ts'
import { keepOutput } from '#server/jobs/output.ts'
import { jobKind, type JobContext } from '#server/jobs/queue.ts'
import type { Role } from '#shared/roles.ts'
import { countPage, listPage, type Viewer } from './list.ts'

export type ExportRequest = z.output<(typeof exportClients)['input']>

const pageSize = 500

/** Writes what a filter shows into a file, page by page as the person who asked; the journal keeps who took how much by what filter. */
export const clientExport = jobKind('clients.export', async (request: ExportRequest, job) => {
  const { viewer, fields, context } = await job.asUser((tx) => prepare(tx, job, request))
  const title = request.language === 'ru' ? 'Клиенты' : 'Clients'
  let done = 0
  async function* rows() {
    for await (const client of clientsOf(job, viewer, request)) {
      yield fields.map((field) => field.text(client, context))
      if (++done % pageSize === 0) await job.progress(done)
    }
  }
  const stream =
    request.format === 'xlsx'
      ? xlsxStream(
          { sheet: title, columns: fields.map((field) => columnOf(field, request.language)) },
          rows(),
        )
      : csvRows(
          fields.map((field) => field.title[request.language]),
          rows(),
        )
  const size = await keepOutput(job, stream)
  await job.progress(done, done)
  const { columns, format, language: _, ...filter } = request
  await job.asUser((tx) =>
    inChangeSet(tx, 'export', { what: 'clients', count: done, format, columns, filter }),
  )
  const mediaType =
    request.format === 'xlsx'
      ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
      : 'text/csv; charset=utf-8'
  return {
    count: done,
    size,
    file: { name: `${title} ${new Date().toISOString().slice(0, 10)}.${request.format}`, mediaType },
  }
})

async function prepare(tx: Tx, job: JobContext, request: ExportRequest) {
  // Asked again: the right may have gone between the click and the work.
  await requireExportRight(tx)
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
  const { count, exact } = await countPage(tx, { role: me!.role }, request)
  if (exact) await rowsOf(tx, 'update jobs set total = $2 where id = $1', [job.id, count])
  return { viewer: me!, fields: fieldsOf(request.columns, customFields), context }
}

const columnOf = (field: ClientField, language: 'ru' | 'en') => ({
  title: field.title[language],
  ...(field.width !== undefined && { width: field.width }),
})

/** Page by page, each a transaction of its own: the export of a million clients holds nothing open. */
async function* clientsOf(job: JobContext, viewer: Viewer, request: ExportRequest): AsyncGenerator<Client> {
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
    yield* page.items
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}
