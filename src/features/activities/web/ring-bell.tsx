import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { z } from 'zod'
import { dismissReminder, type Reminder, snoozeReminder } from '#features/activities/contract.ts'
import { call } from '#web/api.ts'
import { t } from '#web/i18n/translation.ts'
import { noticeFrame } from '#web/layout/notify.tsx'
import type { Me } from '#web/session.ts'
import { browserBells } from './browser-bells.ts'
import { formatWhen, zoneOf } from './format-when.ts'

interface Answers {
  me: Me
  /** What he answered is on its way. */
  onAnswer: (work: Promise<unknown>) => void
  onOpen: () => void
}

/** Shows one reminder with its answers, over other windows too where the browser may. */
export function ringBell(bell: z.output<typeof Reminder>, { me, onAnswer, onOpen }: Answers) {
  const { activity } = bell
  const title = [t(`activities.${activity.kind}`), activity.clientName].filter(Boolean).join(': ')
  const text = [formatWhen(activity.at, zoneOf(activity, me)), activity.text].filter(Boolean).join(' · ')
  const seen = () => onAnswer(call(dismissReminder, { id: bell.id }))
  notifications.show({
    ...noticeFrame(),
    id: `bell-${bell.id}`,
    title,
    autoClose: false,
    withCloseButton: false,
    message: (
      <>
        <Text size="sm">{text}</Text>
        <Group gap={6} mt={6}>
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => {
              seen()
              onOpen()
            }}
          >
            {t('activities.bell-open')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => onAnswer(call(snoozeReminder, { id: bell.id, minutes: 10 }))}
          >
            {t('activities.bell-later')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={seen}>
            {t('activities.bell-seen')}
          </Button>
        </Group>
      </>
    ),
  })
  if (document.hidden) browserBells.ring(title, text, bell.id)
}
