import { Button, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { QueryClient } from '@tanstack/react-query'
import { t } from '#web/i18n/translation.ts'
import { type Kept, Reversal, reverseChangeSet } from '#features/changes/contract.ts'
import { followJob, notifyJobProblem } from '#features/jobs/web/follow-job.tsx'
import { call } from '#web/api.ts'
import { formatNumber } from '#web/format.ts'
import { bringModals } from '#web/layout/modals.ts'
import { noticeFrame, notifyDone } from '#web/layout/notify.tsx'
import { KeptLine, KeptTable } from './KeptTable.tsx'
import { refreshScreen } from './refresh-screen.ts'

/** Which way a reversal goes: it takes an act back, or brings one back that was taken back. */
export type Way = 'back' | 'again'

const other: Record<Way, Way> = { back: 'again', again: 'back' }

interface Run {
  queries: QueryClient
  way: Way
  /** The act in words: «Карточка изменена: ООО «Луч»». */
  what: string
}

/** Reverses a change-set and tells what came of it, with a button that takes that back in turn. */
export const reverse = (id: string, run: Run) => carryOut(() => call(reverseChangeSet, { id }), run)

/**
 * Sends a reversal, follows its job where it is long, refreshes what is on the screen and tells what came of it.
 * @returns what the server answered, or null where it failed or was stopped: the person has been told
 */
export async function carryOut<R extends Reversal>(send: () => Promise<R>, run: Run): Promise<R | null> {
  try {
    const answer = await send()
    const done = answer.jobId === null ? answer : await followed(answer.jobId, run.way)
    await refreshScreen(run.queries)
    if (done === null) notifyDone(t('changes.undo.cancelled'))
    else tell(done, run)
    return answer
  } catch (error) {
    notifyJobProblem(error)
    return null
  }
}

async function followed(jobId: string, way: Way): Promise<Reversal | null> {
  const result = await followJob(jobId, ({ done, total }) =>
    total === null
      ? t(`changes.undo.running-some-${way}`)
      : t(`changes.undo.running-${way}`, { done: formatNumber(done), total: formatNumber(total) }),
  )
  return result && Reversal.parse({ kept: [], counts: null, ...result, jobId })
}

const shownKept = 3

function tell({ changeSetId, counts, kept }: Reversal, run: Run) {
  const { way, what } = run
  const whole = kept.length === 0 && !counts?.hidden && !counts?.kept
  const id = notifications.show({
    ...noticeFrame(),
    autoClose: whole ? 10_000 : 30_000,
    ...(!whole && { color: 'yellow' }),
    message: (
      <Stack gap={4}>
        <Text size="sm">{t(`changes.undo.${way}-${whole ? 'done' : 'part'}`, { what })}</Text>
        {kept.slice(0, shownKept).map((item) => (
          <KeptLine key={keyOf(item)} kept={item} />
        ))}
        {counts !== null && counts.hidden > 0 && (
          <Text size="xs" c="dimmed">
            {t('changes.undo.hidden', { count: counts.hidden })}
          </Text>
        )}
        <Group gap="xs" mt={2}>
          {kept.length > shownKept && (
            <Button variant="default" size="compact-sm" onClick={() => void showKept(kept)}>
              {t('changes.undo.details', { count: kept.length })}
            </Button>
          )}
          {changeSetId && (
            <Button
              variant="light"
              size="compact-sm"
              onClick={() => {
                notifications.hide(id)
                void reverse(changeSetId, { ...run, way: other[way] })
              }}
            >
              {t(`changes.undo.${way}-opposite`)}
            </Button>
          )}
        </Group>
      </Stack>
    ),
  })
}

export const keyOf = ({ entity, rowId, field }: Kept) => `${entity} ${rowId} ${field}`

/** All that a reversal left as it is, and who changed it. */
async function showKept(kept: Kept[]) {
  const modals = await bringModals()
  modals.open({
    title: t('changes.undo.kept-title'),
    size: 'lg',
    closeButtonProps: { 'aria-label': t('shell.close') },
    children: <KeptTable kept={kept} />,
  })
}
