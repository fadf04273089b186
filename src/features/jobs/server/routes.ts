import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { cancelJob, getJob, getJobOutput, type Job, JobFile, listJobs } from '#features/jobs/contract.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { type Language, languageOf, notFound, type Sentence } from '#server/http/problem.ts'
import { Raw, route } from '#server/http/route.ts'

export function jobRoutes(app: FastifyInstance) {
  route(app, listJobs, async ({ kind, cursor, limit }, { tx, request }) => {
    const rows = await rowsOf<JobRow>(
      tx,
      `select ${columns} from jobs
       where user_id = caller_id() and ($1::text is null or kind = $1) and ($2::uuid is null or id < $2)
       order by id desc limit $3`,
      [kind, cursor, limit + 1],
    )
    const items = rows.slice(0, limit).map((row) => said(row, languageOf(request)))
    return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null }
  })
  route(app, getJob, async ({ id }, { tx, request }) => said(await findJob(tx, id), languageOf(request)))
  route(app, cancelJob, async ({ id }, { tx, request }) => {
    // One that waits ends here; one that runs sees the mark at its next step.
    await rowsOf(
      tx,
      `update jobs set cancelled = true, status = case status when 'queued' then 'cancelled' else status end,
         finished_at = case status when 'queued' then now() end
       where id = $1 and status in ('queued', 'running')`,
      [id],
    )
    return said(await findJob(tx, id), languageOf(request))
  })
  route(app, getJobOutput, async ({ id }, { tx, reply }) => {
    const file = JobFile.safeParse((await findJob(tx, id)).result?.file)
    const size = await outputSize(tx, id)
    if (!file.success || size === null) throw notFound()
    reply.header('content-disposition', attachment(file.data.name))
    reply.header('content-length', size)
    return new Raw(Readable.from(chunksOf(tx, id), { objectMode: false }), file.data.mediaType)
  })
}

type JobRow = Omit<Job, 'problem'> & { problem: Sentence | null }

const columns = `id, kind, status, done, total, result, problem,
  created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`

async function findJob(tx: Tx, id: string): Promise<JobRow> {
  const row = await rowOf<JobRow>(tx, `select ${columns} from jobs where id = $1`, [id])
  if (!row) throw notFound()
  return row
}

const said = (row: JobRow, language: Language): Job => ({ ...row, problem: row.problem?.[language] ?? null })

async function outputSize(tx: Tx, id: string): Promise<number | null> {
  const row = await rowOf<{ size: number | null }>(
    tx,
    'select sum(octet_length(data))::bigint as size from job_outputs where job_id = $1',
    [id],
  )
  return row!.size
}

/** Chunk by chunk, each a round trip of its own as the caller: a slow download holds no connection and ends with the session. */
async function* chunksOf(tx: Tx, id: string): AsyncGenerator<Buffer> {
  for (let seq = -1; ;) {
    const chunk = await rowOf<{ seq: number; data: Buffer }>(
      tx,
      'select seq, data from job_outputs where job_id = $1 and seq > $2 order by seq limit 1',
      [id, seq],
    )
    if (!chunk) return
    yield chunk.data
    seq = chunk.seq
  }
}

/** Always a download, never opened inside our origin; the name in full for those who know RFC 8187, in ASCII for the rest. */
function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const full = encodeURIComponent(name.replace(/[\r\n/\\]/g, '_')).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${full}`
}
