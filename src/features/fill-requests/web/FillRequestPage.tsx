import { Badge, Button, Group, Popover, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconCalendar, IconCircleCheck } from '@tabler/icons-react'
import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { z } from 'zod'
import { useDictionaries } from '#features/clients/web/use-dictionaries.ts'
import {
  closeFillRequest,
  type FillRequest,
  type FillRow,
  getFillProgress,
  getFillRequest,
  listFillClients,
  listFillRequests,
  myFillRequests,
  patchFillRequest,
  reopenFillRequest,
} from '#features/fill-requests/contract.ts'
import { getContactInfo, getContactInfoHeadline } from '#features/reports/contract.ts'
import { columnTitle } from '#features/reports/web/report-view.ts'
import type { OutputOf } from '#shared/endpoint.ts'
import { call, keyOf, query, refresh, useApiMutation } from '#web/api.ts'
import { DateInput } from '#web/form/dates.tsx'
import { formatDayInWords, formatNumber, today } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { confirm } from '#web/layout/confirm.tsx'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { notifyDone } from '#web/layout/notify.tsx'
import { Page } from '#web/layout/Page.tsx'
import { useMe } from '#web/session.ts'
import { useUrlState } from '#web/url-state.ts'
import { FillTable } from './FillTable.tsx'
import { ProgressTable } from './ProgressTable.tsx'
import classes from './fill-requests.module.css'

const states = ['left', 'done', 'all'] as const
const FillView = z.object({
  state: z.enum(states).catch('left'),
  owner: z
    .union([z.uuid(), z.literal('none')])
    .optional()
    .catch(undefined),
})

/** One request: for who asked, how far everybody is; for who was asked, the table to fill in. */
export function FillRequestPage() {
  const { t } = useTranslation()
  const { id } = useParams({ strict: false }) as { id: string }
  const request = useQuery(query(getFillRequest, { id }))
  return (
    <Page
      title={t('fill-requests.title')}
      {...(request.data?.mayManage && { actions: <Manage request={request.data} /> })}
    >
      <Loaded of={request}>{(known) => <Request request={known} />}</Loaded>
    </Page>
  )
}

function Request({ request }: { request: FillRequest }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const me = useMe()
  const [{ state, owner }, setView] = useUrlState(FillView)
  const { nameOfUser } = useDictionaries()
  const progress = useQuery({ ...query(getFillProgress, { id: request.id }), refetchInterval: 10_000 })
  const input = { id: request.id, state, ...(owner && { owner }) }
  const queryKey = [keyOf(listFillClients), 'pages', input] as const
  const pages = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      call(listFillClients, { ...input, ...(pageParam && { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? []
  // The row stays where it is, filled: it does not slip away under the hands of who types.
  const keep = (saved: FillRow) => {
    queries.setQueryData<InfiniteData<OutputOf<typeof listFillClients>>>(
      queryKey,
      (old) =>
        old && {
          ...old,
          pages: old.pages.map((page) => ({
            ...page,
            items: page.items.map((row) => (row.client.id === saved.client.id ? saved : row)),
          })),
        },
    )
    void refresh(queries, getFillProgress, myFillRequests, getContactInfo, getContactInfoHeadline)
  }
  const several = (progress.data?.people.length ?? 0) > 1 || progress.data?.people[0]?.userId !== me.id
  return (
    <Stack gap="lg">
      <Head request={request} left={progress.data?.left} clients={progress.data?.clients} />
      {several && progress.data && (
        <ProgressTable
          request={request}
          progress={progress.data}
          onOpen={(who, which) => setView({ owner: who, state: which }, { keep: true })}
        />
      )}
      <section aria-label={t('fill-requests.table')}>
        <Group gap="sm" mb="xs">
          <SegmentedControl
            size="xs"
            value={state}
            data={states.map((value) => ({ value, label: t(`fill-requests.${value}`) }))}
            onChange={(value) => setView({ state: value as (typeof states)[number] })}
          />
          {owner && (
            <Button variant="subtle" size="compact-sm" onClick={() => setView({ owner: undefined })}>
              {t('fill-requests.show-of', {
                name: owner === 'none' ? t('fill-requests.nobody') : nameOfUser(owner),
              })}
              {' · '}
              {t('fill-requests.clear-owner')}
            </Button>
          )}
          <Text size="xs" c="dimmed" visibleFrom="sm">
            {t('fill-requests.hint')}
          </Text>
        </Group>
        <Loaded of={pages} meanwhile={8}>
          {() =>
            rows.length === 0 ? (
              <EmptyState
                icon={<IconCircleCheck size={32} stroke={1.2} />}
                title={t(state === 'left' ? 'fill-requests.filled-title' : 'fill-requests.none-done')}
                {...(state === 'left' && { text: t('fill-requests.filled-text') })}
              />
            ) : (
              <FillTable
                request={request}
                rows={rows}
                nameOf={nameOfUser}
                owners={several && !owner}
                more={pages.hasNextPage ? () => void pages.fetchNextPage() : undefined}
                pending={pages.isFetchingNextPage}
                onSaved={keep}
              />
            )
          }
        </Loaded>
      </section>
    </Stack>
  )
}

function Head({
  request,
  left,
  clients,
}: {
  request: FillRequest
  left: number | undefined
  clients: number | undefined
}) {
  const { t, i18n } = useTranslation()
  const what = request.columns
    .map((column) => columnTitle(column, i18n.language, t('reports.no-label')))
    .join(', ')
  return (
    <div>
      {request.text && (
        <Text size="lg" className={classes.text!}>
          {request.text}
        </Text>
      )}
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          {[what, t('fill-requests.from', { name: request.authorName })].join(' · ')}
        </Text>
        {request.closedAt ? (
          <Badge color="gray">
            {t('fill-requests.closed-on', { day: formatDayInWords(request.closedAt) })}
          </Badge>
        ) : (
          <Badge color={request.overdue ? 'red' : 'accent'}>
            {t('fill-requests.due-by', { day: formatDayInWords(request.dueOn) })}
            {request.overdue && ` · ${t('fill-requests.overdue')}`}
          </Badge>
        )}
        {left !== undefined && clients !== undefined && (
          <Text size="sm" aria-live="polite">
            {left === 0
              ? t('fill-requests.all-done')
              : t('fill-requests.progress-of', {
                  done: formatNumber(clients - left),
                  clients: formatNumber(clients),
                })}
          </Text>
        )}
      </Group>
    </div>
  )
}

const refreshes = [getFillRequest, listFillRequests, myFillRequests]

/** Another day, the end of it, or its return. */
function Manage({ request }: { request: FillRequest }) {
  const { t } = useTranslation()
  const [day, setDay] = useState<string | null>(request.dueOn)
  const [opened, setOpened] = useState(false)
  const extend = useApiMutation(patchFillRequest, {
    refreshes,
    onSuccess: () => {
      setOpened(false)
      notifyDone(t('fill-requests.extended'))
    },
  })
  const close = useApiMutation(closeFillRequest, { refreshes })
  const reopen = useApiMutation(reopenFillRequest, { refreshes })
  const { id } = request
  if (request.closedAt) {
    return (
      <Button variant="default" loading={reopen.isPending} onClick={() => reopen.mutate({ id })}>
        {t('fill-requests.reopen')}
      </Button>
    )
  }
  const askAndClose = async () => {
    const sure = await confirm({
      title: t('fill-requests.close-title'),
      text: t('fill-requests.close-text'),
      confirm: t('fill-requests.close'),
    })
    if (sure) close.mutate({ id })
  }
  return (
    <>
      <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus>
        <Popover.Target>
          <Button
            variant="default"
            leftSection={<IconCalendar size={16} stroke={1.6} />}
            onClick={() => setOpened(!opened)}
          >
            {t('fill-requests.extend')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Group align="flex-end" gap="xs" wrap="nowrap">
            <DateInput
              w={160}
              label={t('fill-requests.due')}
              valueFormat="DD.MM.YYYY"
              minDate={today()}
              value={day}
              onChange={setDay}
              popoverProps={{ withinPortal: false }}
            />
            <Button
              loading={extend.isPending}
              disabled={!day}
              onClick={() => day && extend.mutate({ id, dueOn: day })}
            >
              {t('fill-requests.save')}
            </Button>
          </Group>
        </Popover.Dropdown>
      </Popover>
      <Button variant="default" loading={close.isPending} onClick={() => void askAndClose()}>
        {t('fill-requests.close')}
      </Button>
    </>
  )
}
