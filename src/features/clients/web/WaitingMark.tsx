import { IconClock } from '@tabler/icons-react'
import { useTranslation } from '#web/i18n/translation.ts'

/** An edit that has not reached the server yet. */
export function WaitingMark() {
  const { t } = useTranslation()
  return (
    <IconClock
      size={14}
      stroke={1.6}
      role="img"
      aria-label={t('live.waits-for-line')}
      style={{ marginInlineStart: 6, verticalAlign: -2 }}
    />
  )
}
