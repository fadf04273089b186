import { Button } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { lookBack } from '#features/people/web/look-as.ts'
import { formatTime } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './look-banner.module.css'

/** Over every screen of a head who looks through a colleague's eyes, with the way back. */
export function LookBanner({ name, until }: { name: string; until: string }) {
  const { t } = useTranslation()
  return (
    <div className={classes.banner} role="status">
      <IconEye size={18} stroke={1.7} aria-hidden />
      <span className={classes.text}>{t('app.looking-as', { name, until: formatTime(until) })}</span>
      <Button size="compact-sm" variant="default" onClick={() => void lookBack()}>
        {t('app.look-back')}
      </Button>
    </div>
  )
}
