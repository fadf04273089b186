import { notifications } from '@mantine/notifications'
import { t } from '#web/i18n/translation.ts'
import { cancelJob, getJob, type Job } from '#features/jobs/contract.ts'
import { call } from '#web/api.ts'
import { noticeFrame, notifyProblem } from '#web/layout/notify.tsx'

const restMs = 400

/**
 * Shows long work in a notice till it ends; closing the notice asks the work to stop.
 * @returns its result, or null where it was stopped
 * @throws Error with the sentence of a job that failed; ApiProblem
 */
export async function followJob(
  jobId: string,
  say: (job: Pick<Job, 'done' | 'total'>) => string,
): Promise<NonNullable<Job['result']> | null> {
  let closed = false
  const face = (job: Pick<Job, 'done' | 'total'>) => ({
    ...noticeFrame(),
    message: say(job),
    loading: true,
    autoClose: false as const,
    onClose: () => (closed = true),
  })
  const id = notifications.show(face({ done: 0, total: null }))
  try {
    for (;;) {
      const job = await call(getJob, { id: jobId })
      if (job.status === 'done') return job.result ?? {}
      if (job.status === 'cancelled') return null
      if (job.status === 'failed') throw new JobFailed(job.problem ?? t('problem.unknown'))
      if (closed) await call(cancelJob, { id: jobId })
      else notifications.update({ id, ...face(job) })
      await new Promise((resolve) => setTimeout(resolve, restMs))
    }
  } finally {
    // Hidden, not closed: closing would ask the work to stop.
    notifications.update({ id, ...face({ done: 0, total: null }), onClose: () => {} })
    notifications.hide(id)
  }
}

/** A job that failed: its sentence is for the person. */
class JobFailed extends Error {}

/** Says what failed, be it the job itself or a call. */
export const notifyJobProblem = (error: unknown) =>
  error instanceof JobFailed
    ? void notifications.show({ ...noticeFrame(), message: error.message, color: 'red' })
    : notifyProblem(error)
