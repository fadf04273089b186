import type { OutputOf } from '#shared/endpoint.ts'
import type { previewHandover } from '#features/handovers/contract.ts'
import { formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './handovers.module.css'

const figures = ['clients', 'shared', 'plan', 'imports', 'views', 'sessions', 'tokens', 'jobs'] as const

/** All that a person holds, before it is divided. */
export function Holdings({ holds }: { holds: OutputOf<typeof previewHandover>['holds'] }) {
  const { t } = useTranslation()
  return (
    <dl className={classes.holdings}>
      {figures.map((figure) => (
        <div key={figure} title={t(`handovers.holds-why.${figure}`)}>
          <dt>{t(`handovers.holds.${figure}`)}</dt>
          <dd data-nothing={holds[figure] === 0 || undefined}>{formatNumber(holds[figure])}</dd>
        </div>
      ))}
    </dl>
  )
}
