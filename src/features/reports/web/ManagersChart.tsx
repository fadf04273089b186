import { Title, UnstyledButton } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getContactInfo } from '#features/reports/contract.ts'
import { badStates, goodStates, shareOf } from '#features/reports/quality.ts'
import { query } from '#web/api.ts'
import { formatNumber, formatShare } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { type ReportView, scopeInput, type SetView } from './report-view.ts'
import classes from './reports.module.css'

/** Managers side by side, the worst first; the line is the average of all. */
export function ManagersChart({
  view,
  columns,
  setView,
}: {
  view: ReportView
  columns: string[]
  setView: SetView
}) {
  const { t } = useTranslation()
  const input = { ...scopeInput({ ...view, by: ['manager'] }, columns), sort: 'worst' as const }
  const report = useQuery({ ...query(getContactInfo, input), placeholderData: keepPreviousData }).data
  const good = goodStates(view)
  if (!report || report.groups.length < 2) return null
  const average = shareOf(report.total, columns, good)
  return (
    <section className={classes.chart} aria-label={t('reports.by-manager')}>
      <header>
        <Title order={2}>{t('reports.by-manager')}</Title>
        <span className={classes.average}>{t('reports.all-together', { share: formatShare(average) })}</span>
      </header>
      <ol>
        {report.groups.map((group) => {
          const share = shareOf(group, columns, good)
          return (
            <li key={group.key}>
              <UnstyledButton
                className={classes.chartRow!}
                onClick={() =>
                  setView(
                    {
                      view: 'gaps',
                      by: ['manager'],
                      group: [group.key],
                      kind: undefined,
                      state: badStates(view),
                    },
                    { keep: true },
                  )
                }
              >
                <span className={classes.chartName}>{group.label}</span>
                <span className={classes.chartBar} data-low={share < average * 0.9 || undefined}>
                  <span style={{ width: `${share * 100}%` }} />
                  <i style={{ insetInlineStart: `${average * 100}%` }} />
                </span>
                <span className={classes.chartShare}>{formatShare(share)}</span>
                <span className={classes.chartClients}>{formatNumber(group.clients)}</span>
              </UnstyledButton>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
