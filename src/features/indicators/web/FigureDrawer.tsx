import { useTranslation } from '#web/i18n/translation.ts'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import {
  type IndicatorRecord,
  listAbcClients,
  listIndicatorRecords,
  listMoves,
} from '#features/indicators/contract.ts'
import { ClientName, RecordRows, RecordsDrawer } from '#features/reports/web/RecordsDrawer.tsx'
import table from '#features/reports/web/reports.module.css'
import { useCountedPages } from '#web/counted-pages.ts'
import { formatDateTime, formatNumber, formatShare } from '#web/format.ts'
import { closed, daysOf, type IndicatorsView, lineOf, type SetView, whoseOf } from './indicators-view.ts'
import classes from './indicators.module.css'

/** The records behind a figure, over the screen it stands on. */
export function FigureDrawer({ view, setView }: { view: IndicatorsView; setView: SetView }) {
  const { t } = useTranslation()
  const { nameOf } = useColleagues()
  const title = view.show
    ? [
        t(`indicators.figure.${view.show}`),
        view.kind && t(`indicators.figure.${view.kind}`),
        view.outcome && (view.outcome === 'none' ? t('indicators.no-outcome') : view.outcome),
        view.of && nameOf(view.of),
      ]
        .filter(Boolean)
        .join(' · ')
    : view.class
      ? t(`indicators.classes.${view.class}`)
      : t('indicators.moves')
  return (
    <RecordsDrawer
      opened={Boolean(view.show ?? view.moves ?? view.class)}
      onClose={() => setView(closed)}
      title={title}
    >
      {view.show ? (
        <Records view={view} show={view.show} />
      ) : view.moves ? (
        <Moves view={view} moves={view.moves} />
      ) : view.class && view.field ? (
        <ClassClients view={view} field={view.field} of={view.class} />
      ) : null}
    </RecordsDrawer>
  )
}

function Records({ view, show }: { view: IndicatorsView; show: NonNullable<IndicatorsView['show']> }) {
  const { t } = useTranslation()
  const { nameOf } = useColleagues()
  const rows = useCountedPages(listIndicatorRecords, {
    ...daysOf(view),
    ...lineOf(view),
    indicator: show,
    ...(view.kind && { kind: [view.kind] }),
    ...(view.outcome && { outcome: view.outcome }),
  })
  return (
    <RecordRows
      rows={rows}
      heads={[t('indicators.when'), t('indicators.client'), t('indicators.what'), t('indicators.who')]}
    >
      {(rows.rows as IndicatorRecord[]).map((row) => (
        <tr key={row.id}>
          <td>{formatDateTime(row.at)}</td>
          <td>
            <ClientName id={row.clientId} name={row.clientName} />
          </td>
          <td className={classes.text}>
            {[row.kind && t(`activities.${row.kind}`), row.outcome, row.text].filter(Boolean).join(' · ')}
          </td>
          <td className={table.quiet}>{row.userId && nameOf(row.userId)}</td>
        </tr>
      ))}
    </RecordRows>
  )
}

function Moves({ view, moves }: { view: IndicatorsView; moves: NonNullable<IndicatorsView['moves']> }) {
  const { t } = useTranslation()
  const { nameOf } = useColleagues()
  const rows = useCountedPages(listMoves, {
    ...daysOf(view),
    ...whoseOf(view),
    ...(moves.from && { fromStage: moves.from }),
    ...(moves.to && { toStage: moves.to }),
  })
  const stageName = (stage: string | null) => stage ?? t('indicators.no-stage')
  return (
    <RecordRows
      rows={rows}
      heads={[t('indicators.when'), t('indicators.client'), t('indicators.move'), t('indicators.author')]}
    >
      {rows.rows.map((row) => (
        <tr key={row.clientId + row.at}>
          <td>{formatDateTime(row.at)}</td>
          <td>
            <ClientName id={row.clientId} name={row.clientName} />
          </td>
          <td className={classes.text}>
            {stageName(row.from)} → {stageName(row.to)}
          </td>
          <td className={table.quiet}>{nameOf(row.authorId)}</td>
        </tr>
      ))}
    </RecordRows>
  )
}

function ClassClients({ view, field, of }: { view: IndicatorsView; field: string; of: 'A' | 'B' | 'C' }) {
  const { t } = useTranslation()
  const { nameOf } = useColleagues()
  const rows = useCountedPages(listAbcClients, { field, class: of, ...whoseOf(view) })
  return (
    <RecordRows
      rows={rows}
      heads={[
        t('indicators.client'),
        t('indicators.value'),
        t('indicators.share-of-sum'),
        t('indicators.who'),
      ]}
    >
      {rows.rows.map((row) => (
        <tr key={row.id}>
          <td>
            <ClientName id={row.id} name={row.name} />
          </td>
          <td className={table.number}>{formatNumber(row.value)}</td>
          <td className={table.number}>{formatShare(row.share)}</td>
          <td className={table.quiet}>{row.ownerId && nameOf(row.ownerId)}</td>
        </tr>
      ))}
    </RecordRows>
  )
}
