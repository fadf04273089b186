import { Button, Group, Select, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { z } from 'zod'
import { type Activity, ActivityKind } from '#features/activities/contract.ts'
import { dayAfter, todayIn } from '#features/activities/when.ts'
import { listFiles } from '#features/files/contract.ts'
import { FileChip } from '#features/files/web/FileChip.tsx'
import { SendingRows } from '#features/files/web/SendingRows.tsx'
import { useUploads } from '#features/files/web/use-uploads.ts'
import { query } from '#web/api.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { ErrorState } from '#web/layout/ErrorState.tsx'
import { useMe } from '#web/session.ts'
import { useUrlState } from '#web/url-state.ts'
import { Composer } from './Composer.tsx'
import { Entry } from './Entry.tsx'
import { kindsInOrder } from './kinds.tsx'
import classes from './timeline.module.css'
import { useActivities } from './use-activities.ts'

const View = z.object({ events: ActivityKind.optional().catch(undefined) })

/** Everything that happened with a client and is planned with him: quick entry, the open plan, then the past, the latest first. */
export function Timeline({ clientId }: { clientId: string }) {
  const { t } = useTranslation()
  const [{ events }, setView] = useUrlState(View)
  // Through another's eyes one only looks.
  const readOnly = useMe().look !== null
  const kind = events ? { kind: [events] } : {}
  const plan = useActivities({ client: clientId, open: true, limit: 100, ...kind })
  const past = useActivities({ client: clientId, open: false, limit: 30, ...kind })
  const files = useQuery(query(listFiles, { id: clientId })).data ?? []
  const uploads = useUploads(clientId)
  const failed = plan.error ?? past.error
  const planned = plan.data?.pages.flatMap((page) => page.items) ?? []
  const happened = past.data?.pages.flatMap((page) => page.items) ?? []

  const entry = (activity: Activity) => {
    const attached = files.filter((file) => file.activityId === activity.id)
    return (
      <Entry
        key={activity.id}
        activity={activity}
        onAttach={(file) => uploads.add([file], { activityId: activity.id })}
      >
        {attached.length > 0 && (
          <div className={classes.files}>
            {attached.map((file) => (
              <FileChip key={file.id} file={file} />
            ))}
          </div>
        )}
      </Entry>
    )
  }

  if (failed && !plan.data && !past.data) {
    return <ErrorState error={failed} onRetry={() => void Promise.all([plan.refetch(), past.refetch()])} />
  }
  return (
    <Stack gap="md">
      {!readOnly && <Composer clientId={clientId} initialKind="note" />}
      <Group justify="flex-end" className="no-print">
        <Select
          aria-label={t('activities.filter')}
          size="xs"
          w={160}
          allowDeselect={false}
          value={events ?? 'all'}
          onChange={(chosen) => setView({ events: chosen === 'all' ? undefined : (chosen as ActivityKind) })}
          data={[
            { value: 'all', label: t('activities.all-kinds') },
            ...kindsInOrder.map((value) => ({ value, label: t(`activities.${value}`) })),
          ]}
        />
      </Group>
      <SendingRows uploads={uploads} />
      {plan.isPending || past.isPending ? (
        <Stack gap="sm" aria-busy="true">
          {[0, 1, 2].map((row) => (
            <Skeleton key={row} height={44} />
          ))}
        </Stack>
      ) : planned.length + happened.length === 0 ? (
        events ? (
          <Text c="dimmed" size="sm" ta="center" py="lg">
            {t('activities.empty-filtered')}
          </Text>
        ) : (
          <EmptyState
            icon={<IconHistory size={22} />}
            title={t('activities.empty-title')}
            text={t('activities.empty-text')}
          />
        )
      ) : (
        <>
          {planned.length === 0 && !events && !readOnly && <NoNextStep clientId={clientId} />}
          {planned.length > 0 && (
            <section>
              <Title order={3} className={classes.heading!}>
                {t('activities.plan')}
              </Title>
              <ul className={classes.list}>{planned.map(entry)}</ul>
              <More of={plan} />
            </section>
          )}
          {happened.length > 0 && (
            <section>
              <Title order={3} className={classes.heading!}>
                {t('activities.history')}
              </Title>
              <ul className={classes.list}>{happened.map(entry)}</ul>
              <More of={past} />
            </section>
          )}
        </>
      )}
    </Stack>
  )
}

/** Nothing is planned with this client: said, and mended in one press. */
function NoNextStep({ clientId }: { clientId: string }) {
  const { t } = useTranslation()
  const tomorrow = dayAfter(todayIn(useMe().company.timeZone), 1)
  const [planning, setPlanning] = useState(false)
  return (
    <section className="no-print">
      <Title order={3} className={classes.heading!}>
        {t('activities.plan')}
      </Title>
      {planning ? (
        <Composer
          clientId={clientId}
          initialKind="call"
          at={{ day: tomorrow, time: null }}
          onDone={() => setPlanning(false)}
        />
      ) : (
        <Group gap="sm">
          <Text size="sm" c="dimmed">
            {t('activities.no-plan')}
          </Text>
          <Button size="compact-sm" variant="default" onClick={() => setPlanning(true)}>
            {t('activities.plan-next')}
          </Button>
        </Group>
      )}
    </section>
  )
}

/** The button that brings the next page of a list, if there is one. */
export function More({ of }: { of: ReturnType<typeof useActivities> }) {
  const { t } = useTranslation()
  if (!of.hasNextPage) return null
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      loading={of.isFetchingNextPage}
      onClick={() => void of.fetchNextPage()}
    >
      {t('activities.show-more')}
    </Button>
  )
}
