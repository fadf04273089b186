import { Select, Title, UnstyledButton } from '@mantine/core'
import { useTranslation } from '#web/i18n/translation.ts'
import { Indicator, indicators, type Indicators } from '#features/indicators/contract.ts'
import table from '#features/reports/web/reports.module.css'
import { formatNumber } from '#web/format.ts'
import type { IndicatorsView, SetView } from './indicators-view.ts'

/** Managers or teams side by side in one figure, the largest first; the line marks the period compared with. */
export function PeopleChart({
  figures: { rows },
  view,
  setView,
}: {
  figures: Indicators
  view: IndicatorsView
  setView: SetView
}) {
  const { t } = useTranslation()
  const lines = rows
    .map(({ key, label, figures, earlier }) => ({
      key,
      label,
      now: figures[view.chart],
      before: earlier?.[view.chart] ?? null,
    }))
    .filter(({ now, before }) => now > 0 || before)
    .toSorted((a, b) => b.now - a.now)
  if (rows.length < 2) return null
  const most = Math.max(1, ...lines.flatMap(({ now, before }) => [now, before ?? 0]))
  return (
    <section className={table.chart} aria-label={t(`indicators.chart.${view.by}`)}>
      <header>
        <Title order={2}>{t(`indicators.chart.${view.by}`)}</Title>
        <Select
          size="xs"
          w={220}
          className="no-print"
          aria-label={t('indicators.chart-figure')}
          allowDeselect={false}
          value={view.chart}
          data={indicators.map((value) => ({ value, label: t(`indicators.figure.${value}`) }))}
          onChange={(chart) => setView({ chart: Indicator.parse(chart) })}
        />
      </header>
      <ol>
        {lines.map(({ key, label, now, before }) => (
          <li key={key}>
            <UnstyledButton
              className={table.chartRow!}
              disabled={key === 'none'}
              onClick={() => setView({ show: view.chart, of: key }, { keep: true })}
            >
              <span className={table.chartName}>{label}</span>
              <span className={table.chartBar}>
                <span style={{ width: `${(now / most) * 100}%` }} />
                {before !== null && <i style={{ insetInlineStart: `${(before / most) * 100}%` }} />}
              </span>
              <span className={table.chartShare}>{formatNumber(now)}</span>
              <span className={table.chartClients}>
                {before !== null && t('indicators.was', { before: formatNumber(before) })}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ol>
    </section>
  )
}
