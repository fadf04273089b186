import type { OutputOf } from '#shared/endpoint.ts'
import type { previewHandover } from '#features/handovers/contract.ts'
import { formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './handovers.module.css'

const figures = [
  'clients',
  'shared',
  'plan',
  'files',
  'imports',
  'views',
  'sessions',
  'tokens',
  'jobs',
  'requests',
  'standsIn',
  'alarms',
] as const

/** All that a person holds, before it is divided. */
export function Holdings({ holds }: { holds: OutputOf<typeof previewHandover>['holds'] }) {
  const { t } = useTranslation()
  return (
    <dl className={classes.holdings}>
      {figures.map((figure) => {
        const number = holds[figure]
        return (
          number !== null && (
            <div key={figure} title={t(`handovers.holds-why.${figure}`)}>
              <dt>{t(`handovers.holds.${figure}`)}</dt>
              <dd data-nothing={number === 0 || undefined}>{formatNumber(number)}</dd>
            </div>
          )
        )
      })}
      <div title={t('handovers.holds-why.distribution')}>
        <dt>{t('handovers.holds.distribution')}</dt>
        <dd data-nothing={!holds.distribution || undefined}>
          {t(holds.distribution ? 'clients.yes' : 'clients.no')}
        </dd>
      </div>
    </dl>
  )
}
