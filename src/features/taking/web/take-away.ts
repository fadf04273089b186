import { withWords } from '#web/i18n/i18n.ts'
import { notifyProblem } from '#web/layout/notify.tsx'
import { ApiProblem } from '#web/problem.ts'

/**
 * Does what takes rows out of the base. Where the quota is not enough the head is asked instead, and once he has allowed it the work is
 * offered again.
 */
export async function takeAway(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.body.ask === undefined) return notifyProblem(error)
    const { askHead } = await withWords(['taking'], import('./ask-head.tsx'))
    await askHead(error, work, takeAway)
  }
}
