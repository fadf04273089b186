import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rowsOf } from '#server/db/tx.ts'
import type { JobContext } from '#server/jobs/queue.ts'

/** The file of an import as a temporary file, for the reading worker; gone when `work` ends. */
export async function withSpooledFile<T>(
  job: JobContext,
  importId: string,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'kartoteka-import-'))
  try {
    const path = join(folder, 'table')
    const file = await open(path, 'wx', 0o600)
    try {
      for (let seq = 0; ; seq += 4) {
        const chunks = await job.asUser((tx) =>
          rowsOf<{ data: Buffer }>(
            tx,
            'select data from import_files where import_id = $1 and seq >= $2 and seq < $2 + 4 order by seq',
            [importId, seq],
          ),
        )
        if (chunks.length === 0) break
        for (const { data } of chunks) await file.write(data)
      }
    } finally {
      await file.close()
    }
    return await work(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
