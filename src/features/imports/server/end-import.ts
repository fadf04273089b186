import { Problem, type Sentence } from '#server/http/problem.ts'
import { rowsOf } from '#server/db/tx.ts'
import { CancelledError, type JobContext } from '#server/jobs/queue.ts'
import { problemWordsEn } from './reading/problem-words.en.ts'
import { problemWordsRu } from './reading/problem-words.ru.ts'
import { Refusal } from './reading/refusal.ts'

/** Does a step of an import; how it fails is told on the import. A step broken off by the end of the process is begun again later. */
export async function endImport(job: JobContext, importId: string, step: () => Promise<void>) {
  try {
    await step()
  } catch (error) {
    if (job.signal.aborted) throw error
    // Somebody has taken the import out of this job's hands.
    if (error instanceof CancelledError) return
    if (error instanceof Refusal) {
      const { code } = error
      await fail(job, importId, 'refused', { ru: problemWordsRu[code], en: problemWordsEn[code] })
      return
    }
    await fail(job, importId, 'failed', error instanceof Problem ? error.sentence : unforeseen)
    throw error
  }
}

const unforeseen: Sentence = {
  ru: 'Загрузка прервалась из-за сбоя на сервере, в базу ничего не записано; попробуйте ещё раз.',
  en: 'The import broke off by a failure on the server and nothing was written; try again.',
}

const fail = (job: JobContext, importId: string, status: 'refused' | 'failed', problem: Sentence) =>
  job.asUser((tx) =>
    rowsOf(
      tx,
      `update imports set status = $3, problem = $4 where id = $1 and job_id = $2 and status in ('reading', 'applying')`,
      [importId, job.id, status, JSON.stringify(problem)],
    ),
  )
