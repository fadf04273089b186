import { Tooltip } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './alarms.module.css'

/** On every screen of a head while there is something he has not looked at. */
export function AlarmsNotice({ count }: { count: number }) {
  const { t } = useTranslation()
  const said = t('alarms.unseen', { count })
  return (
    <Tooltip label={said}>
      <Link to={'/alarms' as never} className={classes.notice} aria-label={said}>
        <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
        <span aria-hidden>{count}</span>
      </Link>
    </Tooltip>
  )
}
