import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import { type DayFigure, type DayRecord, listDayRecords } from '#features/day-sheets/contract.ts'
import { ClientName, RecordRows, RecordsDrawer } from '#features/reports/web/RecordsDrawer.tsx'
import { useCountedPages } from '#web/counted-pages.ts'
import { formatDateTime, formatTime } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { useMe } from '#web/session.ts'
import { dayOf, type DayView, type SetView } from './day-view.ts'
import classes from './day-sheets.module.css'

interface DayRecordsDrawerProps {
  view: DayView
  setView: SetView
  own: boolean
}

/** The entries or clients behind a figure, over the screen it stands on. */
export function DayRecordsDrawer({ view, setView, own }: DayRecordsDrawerProps) {
  const { t } = useTranslation()
  const me = useMe()
  const { nameOf } = useColleagues()
  const userId = own ? me.id : view.of
  return (
    <RecordsDrawer
      opened={view.show !== undefined && userId !== undefined}
      onClose={() => setView({ show: undefined, of: undefined })}
      title={
        view.show
          ? [t(`day-sheets.figure.${view.show}`), !own && userId && nameOf(userId)]
              .filter(Boolean)
              .join(' · ')
          : t('day-sheets.title')
      }
    >
      {view.show && userId && <Records day={dayOf(view)} userId={userId} figure={view.show} />}
    </RecordsDrawer>
  )
}

function Records({ day, userId, figure }: { day: string; userId: string; figure: DayFigure }) {
  const { t } = useTranslation()
  const rows = useCountedPages(listDayRecords, { from: day, to: day, user: [userId], figure })
  return (
    <RecordRows rows={rows} heads={[t('day-sheets.when'), t('day-sheets.client'), t('day-sheets.what')]}>
      {(rows.rows as DayRecord[]).map((row) => (
        <tr key={row.id}>
          <td>{formatTime(row.at)}</td>
          <td>
            <ClientName id={row.clientId} name={row.clientName} />
          </td>
          <td className={classes.what}>
            {[
              row.kind && t(`activities.${row.kind}`),
              row.text,
              row.result,
              row.movedTo && t('day-sheets.moved-to', { when: formatDateTime(row.movedTo) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </td>
        </tr>
      ))}
    </RecordRows>
  )
}
