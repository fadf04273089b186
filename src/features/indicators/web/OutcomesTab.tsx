import { UnstyledButton } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from '#web/i18n/translation.ts'
import type { ActivityKind } from '#features/activities/contract.ts'
import { getOutcomes } from '#features/indicators/contract.ts'
import table from '#features/reports/web/reports.module.css'
import { query } from '#web/api.ts'
import { formatNumber } from '#web/format.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { daysOf, type IndicatorsView, type SetView, whoseOf } from './indicators-view.ts'

const kinds = ['call', 'meeting', 'letter', 'task'] as const satisfies ActivityKind[]

/** What was done, by kind and by what came of it. */
export function OutcomesTab({ view, setView }: { view: IndicatorsView; setView: SetView }) {
  const { t } = useTranslation()
  const found = useQuery({
    ...query(getOutcomes, { ...daysOf(view), ...whoseOf(view) }),
    placeholderData: keepPreviousData,
  })
  return (
    <Loaded of={found}>
      {({ cells }) => {
        const outcomes = [...new Set(cells.map(({ outcome }) => outcome))].toSorted(
          (a, b) => Number(a === null) - Number(b === null),
        )
        const count = (fits: (cell: (typeof cells)[number]) => boolean) =>
          cells.filter(fits).reduce((sum, cell) => sum + cell.count, 0)
        const open = (kind: ActivityKind | undefined, outcome: string | undefined) =>
          setView({ show: 'done', kind, outcome }, { keep: true })
        const cell = (value: number, kind: ActivityKind | undefined, outcome: string | null | undefined) => (
          <td key={kind ?? 'all'} className={table.number}>
            {value === 0 ? (
              <span className={table.zero}>0</span>
            ) : (
              <UnstyledButton
                className={table.link!}
                onClick={() => open(kind, outcome === null ? 'none' : outcome)}
              >
                {formatNumber(value)}
              </UnstyledButton>
            )}
          </td>
        )
        if (cells.length === 0) return <EmptyState title={t('indicators.nothing-done')} />
        return (
          <div
            className={table.scroll}
            role="region"
            aria-label={t('indicators.tab.outcomes')}
            tabIndex={0}
            data-outdated={found.isPlaceholderData || undefined}
          >
            <table className={table.table}>
              <thead>
                <tr>
                  <th scope="col" className={table.first}>
                    {t('indicators.outcome')}
                  </th>
                  {kinds.map((kind) => (
                    <th key={kind} scope="col" className={table.number}>
                      {t(`indicators.figure.${kind}`)}
                    </th>
                  ))}
                  <th scope="col" className={table.number}>
                    {t('indicators.total')}
                  </th>
                </tr>
              </thead>
              <tbody>
                <tr className={table.totalRow}>
                  <th scope="row" className={table.first}>
                    {t('indicators.total')}
                  </th>
                  {kinds.map((kind) =>
                    cell(
                      count((one) => one.kind === kind),
                      kind,
                      undefined,
                    ),
                  )}
                  {cell(
                    count(() => true),
                    undefined,
                    undefined,
                  )}
                </tr>
                {outcomes.map((outcome) => (
                  <tr key={outcome ?? ''}>
                    <th scope="row" className={table.first}>
                      {outcome ?? t('indicators.no-outcome')}
                    </th>
                    {kinds.map((kind) =>
                      cell(
                        count((one) => one.kind === kind && one.outcome === outcome),
                        kind,
                        outcome,
                      ),
                    )}
                    {cell(
                      count((one) => one.outcome === outcome),
                      undefined,
                      outcome,
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )
      }}
    </Loaded>
  )
}
