import { Anchor, Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { myFillRequests } from '#features/fill-requests/contract.ts'
import classes from '#features/my-day/web/my-day.module.css'
import { Panel } from '#features/my-day/web/Panel.tsx'
import { columnTitle } from '#features/reports/web/report-view.ts'
import type { OutputOf } from '#shared/endpoint.ts'
import { query } from '#web/api.ts'
import { formatDayInWords, formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { useMe } from '#web/session.ts'

type Mine = OutputOf<typeof myFillRequests>[number]

/** «Просят дополнить»: open requests that still lack something, one's own and, apart, of each person one stands in for; nothing where there are none. */
export function RequestsPanel() {
  const { t } = useTranslation()
  const me = useMe()
  const requests = useQuery({ ...query(myFillRequests, {}), refetchInterval: 60_000 })
  const open = requests.data?.filter(({ left }) => left > 0) ?? []
  return [...Map.groupBy(open, ({ ownerId }) => ownerId)].map(([ownerId, parts]) => (
    <Panel
      key={ownerId}
      title={
        ownerId === me.id
          ? t('fill-requests.mine')
          : t('fill-requests.in-place-of', { name: parts[0]!.ownerName })
      }
      more={{ to: '/fill-requests', label: t('fill-requests.mine-all') }}
    >
      <ul className={classes.rows}>
        {parts.map((request) => (
          <Row key={request.id} request={request} owner={ownerId === me.id ? undefined : ownerId} />
        ))}
      </ul>
    </Panel>
  ))
}

function Row({ request, owner }: { request: Mine; owner: string | undefined }) {
  const { t, i18n } = useTranslation()
  const what = request.columns
    .map((column) => columnTitle(column, i18n.language, t('reports.no-label')))
    .join(', ')
  return (
    <li>
      <Anchor
        size="sm"
        title={`${request.authorName}: ${request.text || what}`}
        renderRoot={(props) => (
          <Link
            to={'/fill-requests/$id' as never}
            params={{ id: request.id } as never}
            search={(owner ? { owner } : {}) as never}
            {...props}
          />
        )}
      >
        {request.text || what}
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
  )
}
