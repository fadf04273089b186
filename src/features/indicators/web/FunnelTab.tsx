import { Title, UnstyledButton } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from '#web/i18n/translation.ts'
import { getFunnel } from '#features/indicators/contract.ts'
import table from '#features/reports/web/reports.module.css'
import { query } from '#web/api.ts'
import { formatNumber } from '#web/format.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { daysOf, type IndicatorsView, type SetView, whoseOf } from './indicators-view.ts'
import classes from './indicators.module.css'

/** How a stage is named in the address and to the server. */
const named = (stage: string | null) => (stage === null ? 'none' : `=${stage}`)

/** Stages of relations: who stands where now, who came and went, and from where to where. */
export function FunnelTab({ view, setView }: { view: IndicatorsView; setView: SetView }) {
  const { t } = useTranslation()
  const found = useQuery({
    ...query(getFunnel, { ...daysOf(view), ...whoseOf(view) }),
    placeholderData: keepPreviousData,
  })
  const stageName = (stage: string | null) => stage ?? t('indicators.no-stage')
  const opened = (count: number, moves: { from?: string; to?: string }) =>
    count === 0 ? (
      <span className={table.zero}>0</span>
    ) : (
      <UnstyledButton className={table.link!} onClick={() => setView({ moves }, { keep: true })}>
        {formatNumber(count)}
      </UnstyledButton>
    )
  return (
    <Loaded of={found}>
      {({ stages, moves }) => {
        if (stages.every(({ now, came, went }) => now + came + went === 0))
          return <EmptyState title={t('indicators.no-stages')} />
        const most = Math.max(1, ...stages.filter(({ stage }) => stage !== null).map(({ now }) => now))
        return (
          <div className={table.shares} data-outdated={found.isPlaceholderData || undefined}>
            <div className={table.scroll} role="region" aria-label={t('indicators.tab.funnel')} tabIndex={0}>
              <table className={table.table}>
                <thead>
                  <tr>
                    <th scope="col" className={table.first}>
                      {t('indicators.stage')}
                    </th>
                    <th scope="col" className={table.number}>
                      {t('indicators.stands')}
                    </th>
                    <th scope="col" className={classes.funnelBar} aria-hidden="true" />
                    <th scope="col" className={table.number}>
                      {t('indicators.came')}
                    </th>
                    <th scope="col" className={table.number}>
                      {t('indicators.went')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {stages.map(({ stage, isLost, now, came, went }) => (
                    <tr key={stage ?? ''}>
                      <th scope="row" className={table.first}>
                        {stageName(stage)}
                      </th>
                      <td className={table.number}>
                        {now === 0 ? (
                          <span className={table.zero}>0</span>
                        ) : (
                          <Link
                            className={classes.numberLink!}
                            to={'/clients' as never}
                            search={{ where: [condition(stage), ...ownersOf(view)] } as never}
                          >
                            {formatNumber(now)}
                          </Link>
                        )}
                      </td>
                      <td className={classes.funnelBar}>
                        {stage !== null && (
                          <span
                            data-lost={isLost || undefined}
                            style={{ width: `${Math.min(100, (now / most) * 100)}%` }}
                          />
                        )}
                      </td>
                      <td className={table.number}>{opened(came, { to: named(stage) })}</td>
                      <td className={table.number}>{opened(went, { from: named(stage) })}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {moves.length > 0 && (
              <section className={table.chart} aria-label={t('indicators.moves')}>
                <header>
                  <Title order={2}>{t('indicators.moves')}</Title>
                </header>
                <ol>
                  {moves.map(({ from, to, count }) => (
                    <li key={`${from} ${to}`}>
                      <UnstyledButton
                        className={`${table.chartRow} ${classes.move}`}
                        onClick={() =>
                          setView({ moves: { from: named(from), to: named(to) } }, { keep: true })
                        }
                      >
                        <span className={table.chartName}>
                          {stageName(from)} → {stageName(to)}
                        </span>
                        <span className={table.chartBar}>
                          <span style={{ width: `${(count / moves[0]!.count) * 100}%` }} />
                        </span>
                        <span className={table.chartShare}>{formatNumber(count)}</span>
                      </UnstyledButton>
                    </li>
                  ))}
                </ol>
              </section>
            )}
          </div>
        )
      }}
    </Loaded>
  )
}

const condition = (stage: string | null) =>
  stage === null ? { field: 'stage', op: 'empty' } : { field: 'stage', op: 'is', value: [stage] }

const ownersOf = ({ user }: IndicatorsView) =>
  user?.length ? [{ field: 'owner', op: 'is', value: user }] : []
