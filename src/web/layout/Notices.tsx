import { useNotifications } from '@mantine/notifications'
import { lazy, Suspense } from 'react'
import { useEver } from '#web/use-ever.ts'

const NoticeStack = lazy(async () => ({ default: (await import('./NoticeStack.tsx')).NoticeStack }))

/** The corner where notices appear; what draws them is downloaded with the first one. */
export function Notices() {
  const { notifications } = useNotifications()
  const needed = useEver(notifications.length > 0)
  return <Suspense fallback={null}>{needed && <NoticeStack />}</Suspense>
}
