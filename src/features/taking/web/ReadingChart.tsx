import { SegmentedControl, UnstyledButton } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import figures from '#features/indicators/web/indicators.module.css'
import { LineChart } from '#features/indicators/web/LineChart.tsx'
import table from '#features/reports/web/reports.module.css'
import { getReadings, type PersonTaking, type Readings, readingKinds } from '#features/taking/contract.ts'
import { query } from '#web/api.ts'
import { formatDate, formatNumber, formatTime } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { scopeOf, type SetView, type TakingView } from './taking-view.ts'
import classes from './taking.module.css'

interface ReadingChartProps {
  view: TakingView
  setView: SetView
  people: readonly PersonTaking[]
}

/** Rows read or taken by the day: of one person beside what is usual for him, or of all; a day opens to its hours. */
export function ReadingChart({ view, setView, people }: ReadingChartProps) {
  const { t } = useTranslation()
  const scope = scopeOf(view)
  const whose = view.of ? { user: [view.of] } : {}
  const found = useQuery({
    ...query(getReadings, { ...scope, ...whose, step: 'day' }),
    placeholderData: keepPreviousData,
  })
  const name = people.find(({ userId }) => userId === view.of)?.name
  const what = t(`taking.chart-${view.figure}`)
  return (
    <section aria-label={what}>
      <div className={classes.chartHead}>
        <b>{name ? t('taking.chart-of', { name, what }) : t('taking.chart-all', { what })}</b>
        {view.figure === 'read' && Boolean(found.data?.usual) && (
          <span className={classes.quiet}>
            {t('taking.line-usual', { usual: formatNumber(found.data!.usual!, 0) })}
          </span>
        )}
        <SegmentedControl
          size="xs"
          className="no-print"
          value={view.figure}
          data={(['read', 'taken'] as const).map((value) => ({ value, label: t(`taking.chart-${value}`) }))}
          onChange={(figure) => setView({ figure: figure as TakingView['figure'] })}
        />
      </div>
      <Loaded of={found}>
        {({ points }) => (
          <>
            <LineChart
              points={points.map((point) => ({ from: point.from, value: point[view.figure] }))}
              isShare={false}
              written={formatNumber}
            />
            <Days points={points} view={view} setView={setView} />
          </>
        )}
      </Loaded>
      {view.day && <Hours day={view.day} whose={whose} />}
    </section>
  )
}

/** Days with anything, the latest first: what the line says, in figures. */
function Days({ points, view, setView }: Omit<ReadingChartProps, 'people'> & Pick<Readings, 'points'>) {
  const { t } = useTranslation()
  const shown = points.filter(({ read, taken }) => read > 0 || taken > 0).toReversed()
  if (shown.length === 0) return null
  return (
    <ul className={classes.days} aria-label={t('taking.by-day')}>
      {shown.map(({ from, read, taken }) => (
        <li key={from}>
          <UnstyledButton
            className={classes.day!}
            aria-pressed={view.day === from}
            onClick={() => setView({ day: view.day === from ? undefined : from })}
          >
            <b>{formatDate(from)}</b> {formatNumber(read)}
            {taken > 0 && <span className={classes.much}> ↗ {formatNumber(taken)}</span>}
          </UnstyledButton>
        </li>
      ))}
    </ul>
  )
}

/** One day by the hour and by what was read. */
function Hours({ day, whose }: { day: string; whose: { user?: string[] } }) {
  const { t } = useTranslation()
  const found = useQuery(query(getReadings, { from: day, to: day, ...whose, step: 'hour' }))
  return (
    <Loaded of={found} meanwhile={4}>
      {({ points }) => (
        <div className={`${table.scroll} ${classes.hours}`}>
          <table className={table.table} aria-label={t('taking.by-hour')}>
            <thead>
              <tr>
                <th scope="col">{formatDate(day)}</th>
                {readingKinds.map((kind) => (
                  <th key={kind} scope="col" className={`${table.number} ${figures.wrapped}`}>
                    {t(`taking.kinds.${kind}`)}
                  </th>
                ))}
                <th scope="col" className={`${table.number} ${figures.wrapped}`}>
                  {t('taking.taken')}
                </th>
              </tr>
            </thead>
            <tbody>
              {points
                .filter(({ kinds, taken }) => taken > 0 || Object.keys(kinds).length > 0)
                .map(({ from, kinds, taken }) => (
                  <tr key={from}>
                    <th scope="row">{formatTime(from)}</th>
                    {readingKinds.map((kind) => (
                      <td key={kind} className={table.number}>
                        <span className={kinds[kind] ? '' : table.zero}>
                          {formatNumber(kinds[kind] ?? 0)}
                        </span>
                      </td>
                    ))}
                    <td className={table.number}>{formatNumber(taken)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      )}
    </Loaded>
  )
}
