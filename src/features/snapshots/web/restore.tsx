import { Stack, Text } from '@mantine/core'
import type { QueryClient } from '@tanstack/react-query'
import { t } from '#web/i18n/translation.ts'
import { z } from 'zod'
import { notifyReversible } from '#features/changes/web/notify-reversible.ts'
import { refreshScreen } from '#features/changes/web/refresh-screen.ts'
import { followJob, notifyJobProblem } from '#features/jobs/web/follow-job.tsx'
import { restoreClientAsOf, restoreSnapshot, type Snapshot } from '#features/snapshots/contract.ts'
import { call } from '#web/api.ts'
import { formatNumber } from '#web/format.ts'
import { confirm } from '#web/layout/confirm.tsx'
import { notifyDone, notifyProblem } from '#web/layout/notify.tsx'
import { sayMoment } from './say-moment.ts'

const Result = z.object({
  changeSetId: z.uuid(),
  counts: z.object({ restored: z.number(), hidden: z.number(), ownersKept: z.number() }),
})

interface Wanted {
  /** Without it all that changed or went to the archive. */
  clientIds?: string[]
  /** Who becomes what he was, who of them returns from the archive, who goes there. */
  restored: number
  returned: number
  archived: number
}

/** Asks with the numbers, restores as a job, tells what came of it and offers to take it back. */
export async function restoreFromSnapshot(queries: QueryClient, { id, at }: Snapshot, wanted: Wanted) {
  const moment = sayMoment(at)
  const { restored, returned, archived, clientIds } = wanted
  const lines = [
    restored > 0 && t('snapshots.confirm.text-restore', { count: restored, moment }),
    restored > 0 && returned > 0 && t('snapshots.confirm.text-gone', { count: returned }),
    archived > 0 && t('snapshots.confirm.text-archive', { count: archived, moment }),
  ]
  if (
    !(await sure(
      lines.filter((line) => line !== false),
      restored === 0,
    ))
  )
    return
  try {
    const { jobId } = await call(restoreSnapshot, { id, ...(clientIds && { clientIds }) })
    const result = await followJob(jobId, ({ done, total }) =>
      total === null
        ? t('snapshots.running-some')
        : t('snapshots.running', { done: formatNumber(done), total: formatNumber(total) }),
    )
    await refreshScreen(queries)
    if (result === null) return notifyDone(t('snapshots.cancelled'))
    await tell(queries, Result.parse(result), moment)
  } catch (error) {
    notifyJobProblem(error)
  }
}

/** The same for one card, at once. @returns whether it was restored */
export async function restoreCard(queries: QueryClient, clientId: string, at: string): Promise<boolean> {
  const moment = sayMoment(at)
  if (!(await sure([t('snapshots.confirm.text-card', { moment })]))) return false
  try {
    const { changeSetId, ownerKept } = await call(restoreClientAsOf, { id: clientId, at })
    await refreshScreen(queries)
    const message = [t('snapshots.done-card'), ownerKept && t('snapshots.owners-kept', { count: 1 })]
    await notifyReversible(queries, message.filter(Boolean).join(' '), changeSetId, what(moment))
    return true
  } catch (error) {
    notifyProblem(error)
    return false
  }
}

const what = (moment: string) => t('snapshots.reverse-what', { moment })

async function tell(queries: QueryClient, { changeSetId, counts }: z.output<typeof Result>, moment: string) {
  const { restored, hidden, ownersKept } = counts
  const lines = [
    restored > 0 ? t('snapshots.done', { count: restored }) : t('snapshots.done-none'),
    hidden > 0 && t('snapshots.hidden', { count: hidden }),
    ownersKept > 0 && t('snapshots.owners-kept', { count: ownersKept }),
  ]
  const message = lines.filter(Boolean).join(' ')
  if (restored === 0) return notifyDone(message)
  await notifyReversible(queries, message, changeSetId, what(moment))
}

const sure = (lines: string[], archives = false) =>
  confirm({
    title: t('snapshots.confirm.title'),
    confirm: t(archives ? 'snapshots.confirm.archive' : 'snapshots.confirm.do'),
    text: (
      <Stack gap="xs">
        {lines.map((line) => (
          <Text size="sm" key={line}>
            {line}
          </Text>
        ))}
        <Text size="sm" c="dimmed">
          {t('snapshots.confirm.undo')}
        </Text>
      </Stack>
    ),
  })
