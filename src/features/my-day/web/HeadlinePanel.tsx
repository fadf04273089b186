import { Progress, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getContactInfoHeadline } from '#features/reports/contract.ts'
import { query } from '#web/api.ts'
import { formatNumber, formatShare } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import classes from './my-day.module.css'
import { Panel } from './Panel.tsx'

/** The one figure of the contact-information report. */
export function HeadlinePanel() {
  const { t } = useTranslation()
  const headline = useQuery(query(getContactInfoHeadline, {}))
  return (
    <Panel title={t('my-day.report')} more={{ to: '/reports/contact-info', label: t('my-day.report-open') }}>
      <Loaded of={headline} meanwhile={2}>
        {({ clients, complete, share, worst }) => (
          <>
            <div className={classes.headline}>
              <span className={classes.bigFigure}>{formatShare(share ?? 0)}</span>
              <Text size="sm">{t('my-day.report-share')}</Text>
            </div>
            <Progress value={(share ?? 0) * 100} aria-label={t('my-day.report-share')} my="sm" />
            <Text size="sm" c="dimmed">
              {t('my-day.report-of', { complete: formatNumber(complete), clients: formatNumber(clients) })}
              {worst &&
                ` · ${t('my-day.report-worst', { name: worst.name, share: formatShare(worst.share) })}`}
            </Text>
          </>
        )}
      </Loaded>
    </Panel>
  )
}
