import { Badge, Button } from '@mantine/core'
import {
  dayFigures,
  type DaySheet,
  type DaySheets,
  listDaySheets,
  reopenDaySheet,
} from '#features/day-sheets/contract.ts'
import table from '#features/reports/web/reports.module.css'
import { useApiMutation } from '#web/api.ts'
import { formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { notifyDone } from '#web/layout/notify.tsx'
import { useMe } from '#web/session.ts'
import { type SetView, shownFigures } from './day-view.ts'
import { Figure } from './Figure.tsx'
import classes from './day-sheets.module.css'

interface TeamTableProps {
  people: DaySheets['people']
  sheets: DaySheet[]
  setView: SetView
}

/** Managers by figures of one day, with what each says of it. */
export function TeamTable({ people, sheets, setView }: TeamTableProps) {
  const { t } = useTranslation()
  const names = new Map(people.map(({ userId, name }) => [userId, name]))
  return (
    <div className={table.scroll} role="region" aria-label={t('day-sheets.title')} tabIndex={0}>
      <table className={`${table.table} ${classes.team}`}>
        <thead>
          <tr>
            <th scope="col" className={table.first}>
              {t('day-sheets.manager')}
            </th>
            {dayFigures.map((figure) => (
              <th key={figure} scope="col" className={table.number}>
                {t(`day-sheets.figure.${figure}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheets.length > 1 && (
            <tr className={table.totalRow}>
              <th scope="row" className={table.first}>
                {t('day-sheets.total')}
              </th>
              {dayFigures.map((figure) => (
                <td key={figure} className={table.number}>
                  {formatNumber(sheets.reduce((sum, sheet) => sum + shownFigures(sheet)[figure], 0))}
                </td>
              ))}
            </tr>
          )}
          {sheets.map((sheet) => {
            const name = names.get(sheet.userId) ?? ''
            return (
              <tr key={sheet.userId}>
                <th scope="row" className={table.first}>
                  <span className={classes.person}>
                    {name}
                    {sheet.closed && <Closed sheet={sheet} name={name} />}
                  </span>
                  {sheet.comment && <span className={classes.said}>{sheet.comment}</span>}
                </th>
                {dayFigures.map((figure) => (
                  <td key={figure} className={table.number}>
                    <Figure sheet={sheet} figure={figure} name={name} setView={setView} />
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** That the day is closed, and its key for who may open it. */
function Closed({ sheet, name }: { sheet: DaySheet; name: string }) {
  const { t } = useTranslation()
  const me = useMe()
  const reopen = useApiMutation(reopenDaySheet, {
    refreshes: [listDaySheets],
    onSuccess: () => notifyDone(t('day-sheets.reopened')),
  })
  const mayOpen = me.role === 'head' || (me.role === 'team-head' && sheet.userId !== me.id)
  return (
    <>
      <Badge color="accent">{t('day-sheets.closed')}</Badge>
      {mayOpen && (
        <Button
          className="no-print"
          variant="subtle"
          size="compact-xs"
          loading={reopen.isPending}
          aria-label={t('day-sheets.reopen-of', { name })}
          onClick={() => reopen.mutate({ day: sheet.day, user: sheet.userId })}
        >
          {t('day-sheets.reopen')}
        </Button>
      )}
    </>
  )
}
