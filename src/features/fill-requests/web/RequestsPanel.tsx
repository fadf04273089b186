import { Anchor, Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { myFillRequests } from '#features/fill-requests/contract.ts'
import classes from '#features/my-day/web/my-day.module.css'
import { Panel } from '#features/my-day/web/Panel.tsx'
import { columnTitle } from '#features/reports/web/report-view.ts'
import { query } from '#web/api.ts'
import { formatDayInWords, formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'

/** «Просят дополнить»: open requests with clients of one's own that still lack something; nothing where there are none. */
export function RequestsPanel() {
  const { t, i18n } = useTranslation()
  const requests = useQuery({ ...query(myFillRequests, {}), refetchInterval: 60_000 })
  const open = requests.data?.filter(({ left }) => left > 0) ?? []
  if (open.length === 0) return null
  const what = (columns: string[]) =>
    columns.map((column) => columnTitle(column, i18n.language, t('reports.no-label'))).join(', ')
  return (
    <Panel
      title={t('fill-requests.mine')}
      more={{ to: '/fill-requests', label: t('fill-requests.mine-all') }}
    >
      <ul className={classes.rows}>
        {open.map((request) => (
          <li key={request.id}>
            <Anchor
              size="sm"
              title={`${request.authorName}: ${request.text || what(request.columns)}`}
              renderRoot={(props) => (
                <Link to={'/fill-requests/$id' as never} params={{ id: request.id } as never} {...props} />
              )}
            >
              {request.text || what(request.columns)}
            </Anchor>
            <span>
              {t('fill-requests.left-of', {
                left: formatNumber(request.left),
                clients: formatNumber(request.clients),
              })}{' '}
              <Badge color={request.overdue ? 'red' : 'gray'}>
                {t('fill-requests.due-by', { day: formatDayInWords(request.dueOn) })}
              </Badge>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
