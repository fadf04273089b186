import { Button, Group, SegmentedControl, Select } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { z } from 'zod'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import { alarmKinds, countAlarms, listAlarms, seeAlarms } from '#features/alarms/contract.ts'
import { call, keyOf, useApiMutation } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { Page } from '#web/layout/Page.tsx'
import { useUrlState } from '#web/url-state.ts'
import { sayKind } from './alarm-facts.ts'
import { AlarmRow } from './AlarmRow.tsx'
import classes from './alarms.module.css'

const word = z.string().optional().catch(undefined)
const AlarmsView = z.object({
  kind: word,
  person: word,
  show: z.enum(['all', 'fresh']).default('all').catch('all'),
})

/** «Тревоги»: what looks like the base being carried away, the latest first. */
export function AlarmsPage() {
  const { t } = useTranslation()
  const [{ kind, person, show }, setView] = useUrlState(AlarmsView)
  const input = {
    ...(kind && { kind: [kind] }),
    ...(person && { user: [person] }),
    ...(show === 'fresh' && { seen: false }),
  }
  const pages = useInfiniteQuery({
    queryKey: [keyOf(listAlarms), input, 'pages'],
    queryFn: ({ pageParam, signal }) => call(listAlarms, { ...input, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
  const { plannable } = useColleagues()
  const see = useApiMutation(seeAlarms, { refreshes: [listAlarms, countAlarms] })
  const alarms = pages.data?.pages.flatMap((page) => page.items) ?? []
  const latest = alarms[0]?.id
  const isFiltered = Object.keys(input).length > 0
  const toolbar = (
    <Group gap="xs">
      <SegmentedControl
        aria-label={t('alarms.which')}
        value={show}
        onChange={(chosen) => setView({ show: chosen as 'all' | 'fresh' })}
        data={[
          { value: 'all', label: t('alarms.all') },
          { value: 'fresh', label: t('alarms.fresh') },
        ]}
      />
      <Select
        aria-label={t('alarms.kind')}
        placeholder={t('alarms.any-kind')}
        clearable
        w={260}
        value={kind ?? null}
        onChange={(chosen) => setView({ kind: chosen ?? undefined })}
        data={alarmKinds.map((value) => ({ value, label: sayKind(value) }))}
      />
      <Select
        aria-label={t('alarms.person')}
        placeholder={t('alarms.any-person')}
        clearable
        searchable
        w={190}
        value={person ?? null}
        onChange={(chosen) => setView({ person: chosen ?? undefined })}
        data={plannable.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Group>
  )
  const seeAll = latest !== undefined && !isFiltered && alarms.some(({ seenAt }) => seenAt === null) && (
    <Button variant="default" loading={see.isPending} onClick={() => see.mutate({ until: latest })}>
      {t('alarms.see-all')}
    </Button>
  )
  return (
    <Page title={t('alarms.title')} aside={t('alarms.intro')} actions={seeAll} toolbar={toolbar}>
      <Loaded of={pages}>
        {() =>
          alarms.length === 0 ? (
            <EmptyState
              icon={<IconShieldCheck size={22} />}
              title={t(isFiltered ? 'alarms.empty-filtered' : 'alarms.empty-title')}
              text={isFiltered ? undefined : t('alarms.empty-text')}
            />
          ) : (
            <ul className={classes.list}>
              {alarms.map((alarm) => (
                <AlarmRow key={alarm.id} alarm={alarm} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {pages.hasNextPage && (
        <Button
          className={classes.more!}
          variant="default"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('alarms.more')}
        </Button>
      )}
    </Page>
  )
}
