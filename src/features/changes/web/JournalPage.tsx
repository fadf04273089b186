import { Button, Title } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { useTranslation } from '#web/i18n/translation.ts'
import type { z } from 'zod'
import { dayAfter, momentOf } from '#features/activities/when.ts'
import { type ChangeSet, journalStart, listChangeSets } from '#features/changes/contract.ts'
import { call, keyOf, query } from '#web/api.ts'
import { formatDate, formatDayInWords, today } from '#web/format.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { Page } from '#web/layout/Page.tsx'
import { useMe, zoneOf } from '#web/session.ts'
import { useUrlState } from '#web/url-state.ts'
import { ActRow } from './ActRow.tsx'
import { JournalFilters, JournalView } from './JournalFilters.tsx'
import classes from './journal.module.css'
import { ReverseButton } from './ReverseButton.tsx'

/** «Журнал»: who did what to clients, day by day, the latest first; an act opens to its rows and is taken back from here. */
export function JournalPage() {
  const { t } = useTranslation()
  const [view] = useUrlState(JournalView)
  const input = filterOf(view, zoneOf(useMe()))
  const pages = useInfiniteQuery({
    queryKey: [keyOf(listChangeSets), input, 'pages'],
    queryFn: ({ pageParam, signal }) => call(listChangeSets, { ...input, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
  return (
    <Page title={t('changes.title')} aside={t('changes.intro')} toolbar={<JournalFilters />}>
      <div className={classes.journal}>
        <Loaded of={pages}>
          {({ pages: all }) => {
            const sets = all.flatMap((page) => page.items)
            if (sets.length === 0) return <Nothing filtered={Object.keys(input).length > 0} />
            return [...Map.groupBy(sets, (set) => today(new Date(set.at)))].map(([day, acts]) => (
              <Day key={day} day={day} acts={acts} />
            ))
          }}
        </Loaded>
        {pages.hasNextPage ? (
          <Button
            variant="default"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t('changes.show-more')}
          </Button>
        ) : (
          pages.isSuccess && <Beginning />
        )}
      </div>
      <Outlet />
    </Page>
  )
}

/** Days of the address as instants of the person's time zone. */
const filterOf = ({ author, act, client, from, to }: z.output<typeof JournalView>, zone: string) => ({
  ...(author && { author: [author] }),
  ...(act && { act: [act] }),
  ...(client && { client }),
  ...(from && { from: momentOf({ day: from, time: null }, zone) }),
  ...(to && { to: momentOf({ day: dayAfter(to, 1), time: null }, zone) }),
})

function Day({ day, acts }: { day: string; acts: ChangeSet[] }) {
  const { t } = useTranslation()
  return (
    <section className={classes.day}>
      <Title order={2} className={classes.dayTitle!}>
        {day === today() ? t('changes.today') : formatDayInWords(day)}
      </Title>
      <ul className={classes.list}>
        {acts.map((set) => (
          <ActRow key={set.id} set={set} opens action={<ReverseButton set={set} />} />
        ))}
      </ul>
    </section>
  )
}

/** From when the journal is kept. */
function Beginning() {
  const { t } = useTranslation()
  const { data } = useQuery({ ...query(journalStart, {}), staleTime: 3_600_000 })
  if (!data) return null
  return (
    <p className={classes.end}>
      {data.from ? t('changes.kept-from', { day: formatDate(data.from) }) : t('changes.kept-always')}
    </p>
  )
}

function Nothing({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation()
  if (filtered) return <EmptyState icon={<IconHistory size={22} />} title={t('changes.empty-filtered')} />
  return (
    <EmptyState
      icon={<IconHistory size={22} />}
      title={t('changes.empty-title')}
      text={t('changes.empty-text')}
    />
  )
}
