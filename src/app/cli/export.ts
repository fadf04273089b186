import { extname, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { clientFields } from '#features/clients/fields.ts'
import { systemLanguage } from '#server/refusal.ts'
import { asPerson, type Calls } from './as-person.ts'
import { Failure } from './failure.ts'
import { progressLine } from './progress.ts'
import { say } from './words.ts'

export interface ExportOptions {
  as?: string
  search?: string
  columns?: string
  json?: boolean
}

interface ExportJob {
  id: string
  status: string
  done: number
  total: number | null
  problem: string | null
  result: { count: number } | null
}

/** Writes the clients a person sees to an .xlsx or .csv file, through the same job, right and journal as in the browser. */
export async function exportTo(file: string, { as, search, columns, json }: ExportOptions): Promise<void> {
  const target = resolve(file)
  const format = extname(target).slice(1).toLowerCase()
  if (format !== 'xlsx' && format !== 'csv') throw new Failure('export-format')
  const count = await asPerson('export', as, async (calls) => {
    const { jobId } = await calls.call<{ jobId: string }>('POST', '/clients/exports', {
      format,
      language: systemLanguage(),
      columns: columns?.split(',') ?? clientFields.map(({ id }) => id),
      ...(search && { search }),
    })
    const job = await finished(calls, jobId)
    await calls.download(`/jobs/${jobId}/output`, target)
    return job.result?.count ?? 0
  })
  process.stdout.write(
    json
      ? `${JSON.stringify({ file: target, clients: count })}\n`
      : `${say('export-done', { file: target, count })}\n`,
  )
}

async function finished(calls: Calls, id: string): Promise<ExportJob> {
  const progress = progressLine(0)
  for (;;) {
    const job = await calls.call<ExportJob>('GET', `/jobs/${id}`)
    progress.at(job.done, '')
    if (job.status === 'done') {
      progress.end()
      return job
    }
    if (job.status === 'failed' || job.status === 'cancelled')
      throw new Failure('refused', { reason: job.problem ?? job.status })
    await pause(100, undefined, { signal: calls.signal })
  }
}
