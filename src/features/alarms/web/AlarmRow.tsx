import { Anchor, Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import { type Alarm, countAlarms, listAlarms, seeAlarms } from '#features/alarms/contract.ts'
import { useApiMutation } from '#web/api.ts'
import { formatDateTime } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { factsOf, sayKind } from './alarm-facts.ts'
import classes from './alarms.module.css'

/** One alarm: what happened, whose doing, about which client, and whether somebody has looked. */
export function AlarmRow({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslation()
  const { nameOf } = useColleagues()
  const see = useApiMutation(seeAlarms, { refreshes: [listAlarms, countAlarms] })
  const kind = sayKind(alarm.kind)
  const who = (id: string | null) => (id && nameOf(id)) || t('alarms.somebody')
  return (
    <li className={classes.row} data-fresh={alarm.seenAt === null || undefined}>
      <IconAlertTriangle className={classes.mark} size={18} stroke={1.7} aria-hidden />
      <div className={classes.what}>
        <div className={classes.title}>
          {kind}
          {alarm.client && (
            <>
              {': '}
              <Anchor
                inherit
                underline="always"
                renderRoot={(props) => (
                  <Link to={'/clients/$id' as never} params={{ id: alarm.client!.id } as never} {...props} />
                )}
              >
                {alarm.client.name}
              </Anchor>
            </>
          )}
        </div>
        <div className={classes.facts}>
          {[who(alarm.userId), formatDateTime(alarm.createdAt), ...factsOf(alarm)].join(' · ')}
        </div>
        {alarm.seenAt !== null && (
          <div className={classes.facts}>
            {t('alarms.seen-by', { name: who(alarm.seenBy), when: formatDateTime(alarm.seenAt) })}
          </div>
        )}
      </div>
      {alarm.seenAt === null && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('alarms.see-one', { what: kind })}
          loading={see.isPending}
          onClick={() => see.mutate({ ids: [alarm.id] })}
        >
          {t('alarms.see')}
        </Button>
      )}
    </li>
  )
}
