import { Badge, Button, Progress, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconMessageQuestion } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { z } from 'zod'
import { type FillRequest, getFillProgress, listFillRequests } from '#features/fill-requests/contract.ts'
import { columnTitle } from '#features/reports/web/report-view.ts'
import { call, keyOf, query } from '#web/api.ts'
import { formatDayInWords, formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { Page } from '#web/layout/Page.tsx'
import { useUrlState } from '#web/url-state.ts'
import classes from './fill-requests.module.css'

const RequestsView = z.object({ closed: z.boolean().catch(false) })

/** Every request the caller has to do with: the most urgent first. */
export function FillRequestsPage() {
  const { t } = useTranslation()
  const [{ closed }, setView] = useUrlState(RequestsView)
  const pages = useInfiniteQuery({
    queryKey: [keyOf(listFillRequests), 'pages', closed] as const,
    queryFn: ({ pageParam, signal }) =>
      call(listFillRequests, { closed, ...(pageParam && { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
  const requests = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Page
      title={t('fill-requests.title')}
      toolbar={
        <SegmentedControl
          size="xs"
          value={closed ? 'closed' : 'open'}
          data={(['open', 'closed'] as const).map((value) => ({ value, label: t(`fill-requests.${value}`) }))}
          onChange={(value) => setView({ closed: value === 'closed' || undefined })}
        />
      }
    >
      <Loaded of={pages}>
        {() =>
          requests.length === 0 ? (
            <None closed={closed} />
          ) : (
            <Stack gap="xs" maw={900}>
              <ul className={classes.requests} aria-label={t('fill-requests.title')}>
                {requests.map((request) => (
                  <li key={request.id}>
                    <RequestCard request={request} />
                  </li>
                ))}
              </ul>
              {pages.hasNextPage && (
                <Button
                  variant="default"
                  loading={pages.isFetchingNextPage}
                  onClick={() => void pages.fetchNextPage()}
                >
                  {t('fill-requests.show-more')}
                </Button>
              )}
            </Stack>
          )
        }
      </Loaded>
    </Page>
  )
}

/** What is asked, of whom and till when; how far it is comes after. */
function RequestCard({ request }: { request: FillRequest }) {
  const { t, i18n } = useTranslation()
  const progress = useQuery(query(getFillProgress, { id: request.id })).data
  const what = request.columns
    .map((column) => columnTitle(column, i18n.language, t('reports.no-label')))
    .join(', ')
  const said = progress
    ? t('fill-requests.progress-of', {
        done: formatNumber(progress.done),
        clients: formatNumber(progress.clients),
      })
    : ' '
  return (
    <Link
      to={'/fill-requests/$id' as never}
      params={{ id: request.id } as never}
      className={classes.request!}
    >
      <span className={classes.requestHead}>
        <b>{request.text || what}</b>
        <Badge color={request.closedAt ? 'gray' : request.overdue ? 'red' : 'accent'}>
          {request.closedAt
            ? t('fill-requests.closed-on', { day: formatDayInWords(request.closedAt) })
            : t('fill-requests.due-by', { day: formatDayInWords(request.dueOn) })}
        </Badge>
      </span>
      <span className={classes.quiet}>
        {[request.text && what, t('fill-requests.from', { name: request.authorName })]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <Progress
        mt={8}
        value={progress?.clients ? (progress.done / progress.clients) * 100 : 0}
        color={progress?.left === 0 ? 'green' : 'accent'}
        aria-label={said}
      />
      <Text span size="xs" c="dimmed">
        {said}
      </Text>
    </Link>
  )
}

function None({ closed }: { closed: boolean }) {
  const { t } = useTranslation()
  return (
    <EmptyState
      icon={<IconMessageQuestion size={32} stroke={1.2} />}
      title={t(closed ? 'fill-requests.none-closed' : 'fill-requests.none-title')}
      {...(!closed && { text: t('fill-requests.none-text') })}
    >
      {!closed && (
        <Button renderRoot={(props) => <Link to={'/reports/contact-info' as never} {...props} />}>
          {t('fill-requests.to-report')}
        </Button>
      )}
    </EmptyState>
  )
}
