import { Text } from '@mantine/core'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import type { MyDay } from '#features/my-day/contract.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './my-day.module.css'
import { PlanPart } from './PlanPart.tsx'

/** The plan of somebody one stands in for, apart from one's own. */
export function PlanOfAbsent({ plan }: { plan: MyDay['standingIn'][number] }) {
  const { t } = useTranslation()
  const { nameOf } = useColleagues()
  const title = t('my-day.plan-of', { name: nameOf(plan.userId) ?? '' })
  const free = plan.overdue.count + plan.due.count + plan.coming.count === 0
  return (
    <div role="group" aria-label={title} className={classes.absent}>
      <Text fw={600}>{title}</Text>
      {free && (
        <Text size="sm" c="dimmed">
          {t('my-day.plan-of-none')}
        </Text>
      )}
      <PlanPart title={t('my-day.overdue')} part={plan.overdue} user={plan.userId} late />
      <PlanPart title={t('my-day.due')} part={plan.due} user={plan.userId} />
      <PlanPart title={t('my-day.coming')} part={plan.coming} user={plan.userId} />
    </div>
  )
}
