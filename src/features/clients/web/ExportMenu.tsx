import { Button, Menu, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from '#web/i18n/translation.ts'
import { exportClients } from '#features/clients/contract.ts'
import { cancelJob, getJob, getJobOutput } from '#features/jobs/contract.ts'
import { takeAway } from '#features/taking/web/take-away.ts'
import type { InputOf } from '#shared/endpoint.ts'
import { call, urlOf } from '#web/api.ts'
import { formatNumber } from '#web/format.ts'
import { t } from '#web/i18n/translation.ts'
import { noticeFrame } from '#web/layout/notify.tsx'

type Request = Omit<InputOf<typeof exportClients>, 'format' | 'language'>

/** «Выгрузить»: what is shown, as a job; the file is offered when it is ready. */
export function ExportMenu({ request }: { request: () => Request }) {
  const { t, i18n } = useTranslation()
  const start = (format: 'xlsx' | 'csv') => {
    const input = { ...request(), format, language: i18n.language }
    void takeAway(() => runExport(input))
  }
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} stroke={1.6} />}>
          {t('clients.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => start('xlsx')}>{t('clients.export-xlsx')}</Menu.Item>
        <Menu.Item onClick={() => start('csv')}>{t('clients.export-csv')}</Menu.Item>
        <Text size="xs" c="dimmed" px="sm" py={6}>
          {t('clients.export-hint')}
        </Text>
      </Menu.Dropdown>
    </Menu>
  )
}

async function runExport(input: InputOf<typeof exportClients>) {
  const notice = notifications.show({
    message: t('clients.export-running', { done: 0 }),
    loading: true,
    autoClose: false,
    ...noticeFrame(),
  })
  try {
    const { jobId } = await call(exportClients, input)
    let closed = false
    notifications.update({
      id: notice,
      message: t('clients.export-running', { done: 0 }),
      loading: true,
      autoClose: false,
      onClose: () => (closed = true),
    })
    for (;;) {
      const job = await call(getJob, { id: jobId })
      if (job.status === 'done') return offer(notice, jobId)
      if (job.status === 'failed') throw new Error(job.problem ?? t('clients.export-failed'))
      if (job.status === 'cancelled') return notifications.hide(notice)
      if (closed) return void (await call(cancelJob, { id: jobId }))
      notifications.update({
        id: notice,
        message: t('clients.export-running', { done: formatNumber(job.done) }),
        loading: true,
        autoClose: false,
        onClose: () => (closed = true),
      })
      await new Promise((resolve) => setTimeout(resolve, 400))
    }
  } catch (error) {
    notifications.hide(notice)
    throw error
  }
}

function offer(notice: string, jobId: string) {
  const href = urlOf(getJobOutput, { id: jobId })
  notifications.update({
    id: notice,
    loading: false,
    autoClose: 60_000,
    title: t('clients.export-done'),
    message: (
      <Button component="a" href={href} download size="compact-sm" variant="light" mt={4}>
        {t('clients.download')}
      </Button>
    ),
  })
  location.assign(href)
}
