import { UnstyledButton } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from '#web/i18n/translation.ts'
import { getIndicators, type Indicator, type IndicatorRow } from '#features/indicators/contract.ts'
import table from '#features/reports/web/reports.module.css'
import { query } from '#web/api.ts'
import { formatNumber, formatShare } from '#web/format.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { type IndicatorsView, scopeOf, type SetView } from './indicators-view.ts'
import { PeopleChart } from './PeopleChart.tsx'
import classes from './indicators.module.css'

/** Columns in groups; `bad`: growth of it is no good news. */
const groups: { name: 'acts' | 'plan' | 'clients'; figures: Indicator[] }[] = [
  { name: 'acts', figures: ['done', 'call', 'meeting', 'letter', 'task', 'note'] },
  { name: 'plan', figures: ['planned', 'cancelled', 'overdue', 'withoutPlan'] },
  { name: 'clients', figures: ['newClients', 'answered', 'lostClients', 'clients'] },
]
const bad = new Set<Indicator>(['cancelled', 'overdue', 'withoutPlan', 'lostClients'])

/** Managers or teams by figures, each beside that of the period compared with. */
export function SummaryTab({ view, setView }: { view: IndicatorsView; setView: SetView }) {
  const { t } = useTranslation()
  const found = useQuery({ ...query(getIndicators, scopeOf(view)), placeholderData: keepPreviousData })
  return (
    <Loaded of={found} meanwhile={10}>
      {(figures) => (
        <div className={table.shares} data-outdated={found.isPlaceholderData || undefined}>
          <div className={table.scroll} role="region" aria-label={t('indicators.title')} tabIndex={0}>
            <table className={`${table.table} ${classes.figures}`}>
              <Head view={view} />
              <tbody>
                <tr className={table.totalRow}>
                  <th scope="row" className={table.first}>
                    {t('indicators.total')}
                  </th>
                  <Cells row={{ key: undefined, ...figures.total }} setView={setView} />
                </tr>
                {figures.rows.map((row) => (
                  <tr key={row.key}>
                    <th scope="row" className={table.first}>
                      {row.label}
                    </th>
                    <Cells row={row} setView={setView} />
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <PeopleChart figures={figures} view={view} setView={setView} />
        </div>
      )}
    </Loaded>
  )
}

function Head({ view }: { view: IndicatorsView }) {
  const { t } = useTranslation()
  return (
    <thead>
      <tr>
        <th scope="col" className={table.first} rowSpan={2}>
          {t(`indicators.by.${view.by}`)}
        </th>
        {groups.map(({ name, figures }) => (
          <th
            key={name}
            scope="colgroup"
            className={table.framed}
            colSpan={figures.length + (name === 'clients' ? 1 : 0)}
          >
            {t(`indicators.group.${name}`)}
          </th>
        ))}
        <th scope="col" rowSpan={2} className={`${table.number} ${table.framed} ${classes.wrapped}`}>
          {t('indicators.figure.complete')}
        </th>
      </tr>
      <tr>
        {groups.flatMap(({ name, figures }) => [
          ...figures.map((figure, at) => (
            <th
              key={figure}
              scope="col"
              className={`${table.number} ${classes.wrapped} ${at === 0 ? table.framed : ''}`}
              title={t(`indicators.meaning.${figure}`)}
            >
              {t(`indicators.figure.${figure}`)}
            </th>
          )),
          ...(name === 'clients'
            ? [
                <th
                  key="hours"
                  scope="col"
                  className={`${table.number} ${classes.wrapped}`}
                  title={t('indicators.meaning.responseHours')}
                >
                  {t('indicators.figure.responseHours')}
                </th>,
              ]
            : []),
        ])}
      </tr>
    </thead>
  )
}

type Line = Pick<IndicatorRow, 'figures' | 'earlier'> & { key: string | undefined }

function Cells({ row, setView }: { row: Line; setView: SetView }) {
  const { t } = useTranslation()
  const { figures, earlier } = row
  const open = (show: Indicator) => setView({ show, of: row.key }, { keep: true })
  // Of nobody and of no team there is no list of its own.
  const opens = row.key !== 'none'
  const cell = (figure: Indicator, at: number) => (
    <td key={figure} className={`${table.number} ${at === 0 ? table.framed : ''}`}>
      {figures[figure] === 0 || !opens ? (
        <span className={figures[figure] === 0 ? table.zero : ''}>{formatNumber(figures[figure])}</span>
      ) : (
        <UnstyledButton className={table.link!} onClick={() => open(figure)}>
          {formatNumber(figures[figure])}
        </UnstyledButton>
      )}
      <Difference now={figures[figure]} before={earlier?.[figure]} isBad={bad.has(figure)} />
    </td>
  )
  const share = figures.clients > 0 ? figures.complete / figures.clients : null
  return (
    <>
      {groups.flatMap(({ name, figures: shown }) => [
        ...shown.map(cell),
        ...(name === 'clients'
          ? [
              <td key="hours" className={table.number}>
                {figures.responseHours === null ? (
                  <span className={table.zero}>—</span>
                ) : (
                  formatNumber(figures.responseHours, 1)
                )}
                <Difference now={figures.responseHours} before={earlier?.responseHours} isBad />
              </td>,
            ]
          : []),
      ])}
      <td className={`${table.number} ${table.framed}`}>
        {share === null || !opens ? (
          <span className={table.zero}>{share === null ? '—' : formatShare(share)}</span>
        ) : (
          <UnstyledButton
            className={table.link!}
            title={t('indicators.complete-of', {
              complete: formatNumber(figures.complete),
              clients: formatNumber(figures.clients),
            })}
            onClick={() => open('complete')}
          >
            {formatShare(share)}
          </UnstyledButton>
        )}
      </td>
    </>
  )
}

/** How much more or less than before, good or bad. */
function Difference({
  now,
  before,
  isBad,
}: {
  now: number | null
  before: number | null | undefined
  isBad: boolean
}) {
  const { t } = useTranslation()
  if (now === null || before === null || before === undefined) return null
  const more = now - before
  return (
    <span
      className={classes.difference}
      data-good={more === 0 ? undefined : more > 0 !== isBad}
      title={t('indicators.was', { before: formatNumber(before, 1) })}
    >
      {more > 0 ? '+' : more < 0 ? '−' : '±'}
      {formatNumber(Math.abs(more), 1)}
    </span>
  )
}
