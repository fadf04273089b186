import { Button, Group, Select, Title } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { z } from 'zod'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import { type ChangeSet, listChangeSets } from '#features/changes/contract.ts'
import { call, keyOf } from '#web/api.ts'
import { formatDayInWords, today } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { Page } from '#web/layout/Page.tsx'
import { useUrlState } from '#web/url-state.ts'
import { ActRow } from './ActRow.tsx'
import { knownActs, sayAct } from './acts.ts'
import classes from './journal.module.css'

const View = z.object({
  author: z.string().optional().catch(undefined),
  act: z.string().optional().catch(undefined),
})

/** «Журнал»: who did what to clients, day by day, the latest first. */
export function JournalPage() {
  const { t } = useTranslation()
  const [{ author, act }] = useUrlState(View)
  const input = { ...(author && { author: [author] }), ...(act && { act: [act] }) }
  const pages = useInfiniteQuery({
    queryKey: [keyOf(listChangeSets), input, 'pages'],
    queryFn: ({ pageParam, signal }) => call(listChangeSets, { ...input, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
  return (
    <Page title={t('changes.title')} aside={t('changes.intro')} toolbar={<Filters />} narrow>
      <Loaded of={pages}>
        {({ pages: all }) => {
          const sets = all.flatMap((page) => page.items)
          if (sets.length === 0) return <Nothing filtered={Boolean(author ?? act)} />
          return [...Map.groupBy(sets, (set) => today(new Date(set.at)))].map(([day, acts]) => (
            <Day key={day} day={day} acts={acts} />
          ))
        }}
      </Loaded>
      {pages.hasNextPage && (
        <Button
          variant="default"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('changes.show-more')}
        </Button>
      )}
    </Page>
  )
}

function Day({ day, acts }: { day: string; acts: ChangeSet[] }) {
  const { t } = useTranslation()
  return (
    <section className={classes.day}>
      <Title order={2} className={classes.dayTitle!}>
        {day === today() ? t('changes.today') : formatDayInWords(day)}
      </Title>
      <ul className={classes.list}>
        {acts.map((set) => (
          <ActRow key={set.id} set={set} />
        ))}
      </ul>
    </section>
  )
}

function Filters() {
  const { t } = useTranslation()
  const [{ author, act }, setView] = useUrlState(View)
  const { plannable } = useColleagues()
  return (
    <Group gap="sm">
      {plannable.length > 1 && (
        <Select
          aria-label={t('changes.author')}
          placeholder={t('changes.any-author')}
          clearable
          searchable
          w={220}
          value={author ?? null}
          onChange={(chosen) => setView({ author: chosen ?? undefined })}
          data={plannable.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <Select
        aria-label={t('changes.act')}
        placeholder={t('changes.any-act')}
        clearable
        searchable
        w={240}
        value={act ?? null}
        onChange={(chosen) => setView({ act: chosen ?? undefined })}
        data={knownActs.map((value) => ({ value, label: sayAct(value) }))}
      />
    </Group>
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
