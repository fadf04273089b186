import { useEffect, useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './live.module.css'
import { useIsUp } from './live.ts'
import { useWaiting } from './outbox.ts'

/** A short break is not worth a word; the line comes back by itself. */
const patienceMs = 4_000

/** Says that the line is down, and how many edits wait for it. */
export function WaitingBar() {
  const { t } = useTranslation()
  const waiting = useWaiting().length
  const isDown = useIsUp() === false
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    if (!isDown) return
    const timer = setTimeout(() => setIsLong(true), patienceMs)
    return () => {
      clearTimeout(timer)
      setIsLong(false)
    }
  }, [isDown])
  if (waiting === 0 && !isLong) return null
  return (
    <div className={`${classes.bar} no-print`} role="status">
      {waiting > 0 ? t('live.waiting', { count: waiting }) : t('live.down')}
    </div>
  )
}
