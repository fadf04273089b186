import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { BulkResult } from '#features/clients/cells-contract.ts'
import { cancelJob, getJob } from '#features/jobs/contract.ts'
import { call, query } from '#web/api.ts'
import { formatNumber } from '#web/format.ts'
import { notifyProblem } from '#web/layout/notify.tsx'

interface BulkJobProps {
  id: string
  onEnd: (result: BulkResult) => void
  onFailure: (message: string) => void
}

/** A bulk edit on its way as a job: how far it is, and the button that stops it; stopped, it leaves nothing changed. */
export function BulkJob({ id, onEnd, onFailure }: BulkJobProps) {
  const { t } = useTranslation()
  const { data: job } = useQuery({
    ...query(getJob, { id }),
    refetchInterval: ({ state: { data } }) => (data && !isOpen(data.status) ? false : 400),
  })
  const told = useRef(false)
  useEffect(() => {
    if (!job || isOpen(job.status) || told.current) return
    told.current = true
    const result = BulkResult.safeParse(job.result)
    if (job.status === 'done' && result.success) onEnd(result.data)
    else onFailure(job.problem ?? t('clients.bulk-stopped'))
  }, [job, onEnd, onFailure, t])
  const { done = 0, total = null } = job ?? {}
  return (
    <Stack>
      <Text role="status">
        {total === null
          ? t('clients.bulk-waiting')
          : t('clients.bulk-running', { done: formatNumber(done), total: formatNumber(total) })}
      </Text>
      <Progress value={total ? (done / total) * 100 : 0} aria-label={t('clients.bulk-title')} animated />
      <Group justify="flex-end">
        <Button variant="default" onClick={() => void call(cancelJob, { id }).catch(notifyProblem)}>
          {t('clients.bulk-stop')}
        </Button>
      </Group>
    </Stack>
  )
}

const isOpen = (status: string) => status === 'queued' || status === 'running'
