import type { Readable } from 'node:stream'
import { rowsOf } from '#server/db/tx.ts'
import type { JobContext } from './queue.ts'

const chunkBytes = 256 * 1024

/** Keeps a stream as the file a job made, chunk by chunk; what an earlier try left is dropped first. @returns its size in bytes */
export async function keepOutput(
  job: JobContext,
  stream: Readable | AsyncIterable<string | Buffer>,
): Promise<number> {
  await job.asUser((tx) => rowsOf(tx, 'delete from job_outputs where job_id = $1', [job.id]))
  let seq = 0
  let size = 0
  let waiting: Buffer[] = []
  let waitingBytes = 0
  const flush = async () => {
    const data = Buffer.concat(waiting)
    waiting = []
    waitingBytes = 0
    await job.asUser((tx) =>
      rowsOf(tx, 'insert into job_outputs (job_id, seq, data) values ($1, $2, $3)', [job.id, seq++, data]),
    )
  }
  for await (const part of stream) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : (part as Buffer)
    waiting.push(bytes)
    waitingBytes += bytes.length
    size += bytes.length
    if (waitingBytes >= chunkBytes) await flush()
  }
  if (waitingBytes > 0) await flush()
  return size
}
