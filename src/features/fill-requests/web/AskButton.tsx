import { Button, Modal, Skeleton } from '@mantine/core'
import { IconMessageQuestion } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { useMe } from '#web/session.ts'
import type { AskProps } from './AskForm.tsx'

const AskForm = lazy(async () => ({ default: (await import('./AskForm.tsx')).AskForm }))

/** «Попросить дополнить»: from the place in the report where one stands, for those who may ask. */
export function AskButton(props: AskProps) {
  const { t } = useTranslation()
  const { role } = useMe()
  const [opened, setOpened] = useState(false)
  if (role !== 'head' && role !== 'team-head') return null
  return (
    <>
      <Button leftSection={<IconMessageQuestion size={16} stroke={1.6} />} onClick={() => setOpened(true)}>
        {t('fill-requests.ask')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('fill-requests.ask-title')}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
      >
        <Suspense fallback={<Skeleton height={200} />}>
          <AskForm {...props} />
        </Suspense>
      </Modal>
    </>
  )
}
