import { Group, SegmentedControl, Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from '#web/i18n/translation.ts'
import { getTrend, TrendIndicator } from '#features/indicators/contract.ts'
import table from '#features/reports/web/reports.module.css'
import { query } from '#web/api.ts'
import { formatDate, formatNumber, formatShare } from '#web/format.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { daysOf, type IndicatorsView, type SetView, whoseOf } from './indicators-view.ts'
import { LineChart } from './LineChart.tsx'
import classes from './indicators.module.css'

const steps = ['day', 'week', 'month'] as const

/** Steps that give a readable number of points: days for up to two months, weeks for up to a year. */
function usualStep({ from, to }: { from: string; to: string }): (typeof steps)[number] {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000
  if (days <= 62) return 'day'
  return days <= 370 ? 'week' : 'month'
}

/** One figure over time, as a line and as a table. */
export function TrendTab({ view, setView }: { view: IndicatorsView; setView: SetView }) {
  const { t } = useTranslation()
  const days = daysOf(view)
  const step = view.step ?? usualStep(days)
  const found = useQuery({
    ...query(getTrend, { ...days, ...whoseOf(view), indicator: view.figure, step }),
    placeholderData: keepPreviousData,
  })
  const isShare = view.figure === 'completeness'
  const written = (value: number | null) =>
    value === null ? '—' : isShare ? formatShare(value) : formatNumber(value)
  return (
    <div className={table.shares}>
      <Group gap="xs" className="no-print">
        <Select
          size="xs"
          w={220}
          aria-label={t('indicators.chart-figure')}
          allowDeselect={false}
          value={view.figure}
          data={TrendIndicator.options.map((value) => ({
            value,
            label: t(`indicators.figure.${value === 'completeness' ? 'complete' : value}`),
          }))}
          onChange={(figure) => setView({ figure: TrendIndicator.parse(figure) })}
        />
        <SegmentedControl
          size="xs"
          value={step}
          data={steps.map((value) => ({ value, label: t(`indicators.step.${value}`) }))}
          onChange={(chosen) => setView({ step: chosen as (typeof steps)[number] })}
        />
      </Group>
      <Loaded of={found}>
        {({ points }) =>
          isShare && points.every(({ value }) => value === null) ? (
            <EmptyState title={t('indicators.no-past-title')} text={t('indicators.no-past-text')} />
          ) : (
            <div data-outdated={found.isPlaceholderData || undefined}>
              <LineChart points={points} isShare={isShare} written={written} />
              <div className={`${table.scroll} ${classes.points}`}>
                <table className={table.table}>
                  <thead>
                    <tr>
                      <th scope="col">{t(`indicators.step.${step}`)}</th>
                      <th scope="col" className={table.number}>
                        {t(`indicators.figure.${isShare ? 'complete' : (view.figure as 'done')}`)}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {points.toReversed().map(({ from, value }) => (
                      <tr key={from}>
                        <th scope="row">{formatDate(from)}</th>
                        <td className={table.number}>{written(value)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </div>
          )
        }
      </Loaded>
    </div>
  )
}
