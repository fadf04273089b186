import { Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { ActivityKind } from '#features/activities/contract.ts'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import { getNews, type NewsItem, seeNews } from '#features/my-day/contract.ts'
import { query, useApiMutation } from '#web/api.ts'
import { formatRelative } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { ClientLink } from './ClientLink.tsx'
import classes from './my-day.module.css'
import { Panel } from './Panel.tsx'

const shownAtFirst = 6

/** What others did to the caller's clients since he last looked; nothing where they did nothing. */
export function NewsPanel() {
  const { t } = useTranslation()
  const [whole, setWhole] = useState(false)
  const news = useQuery({ ...query(getNews, {}), refetchInterval: 120_000 }).data
  const see = useApiMutation(seeNews, { refreshes: [getNews] })
  if (!news || news.items.length === 0) return null
  const { items, exact } = news
  return (
    <Panel title={`${t('my-day.news')}: ${items.length}${exact ? '' : '+'}`}>
      <ul className={classes.figures}>
        {(whole ? items : items.slice(0, shownAtFirst)).map((item) => (
          <Item key={`${item.clientId} ${item.activity?.id ?? ''}`} item={item} />
        ))}
      </ul>
      {!exact && whole && (
        <Text size="xs" c="dimmed">
          {t('my-day.news-more', { count: items.length })}
        </Text>
      )}
      {!whole && items.length > shownAtFirst && (
        <Button variant="subtle" size="compact-sm" onClick={() => setWhole(true)}>
          {t('activities.show-more')}
        </Button>
      )}
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        loading={see.isPending}
        onClick={() => see.mutate({ until: items[0]!.at })}
      >
        {t('my-day.news-seen')}
      </Button>
    </Panel>
  )
}

function Item({ item }: { item: z.output<typeof NewsItem> }) {
  const { t } = useTranslation()
  const { nameOf } = useColleagues()
  const { activity, by, isNew } = item
  const who = (by && nameOf(by)) ?? t('my-day.news-somebody')
  const what = activity
    ? [t(`activities.${activity.kind as ActivityKind}`), activity.result ?? activity.text]
        .filter(Boolean)
        .join(': ')
    : t(isNew ? 'my-day.news-new' : 'my-day.news-client')
  return (
    <li className={classes.news}>
      <ClientLink id={item.clientId}>{item.clientName}</ClientLink>
      <span className={classes.newsText}>
        {who} · {what} · {formatRelative(item.at)}
      </span>
    </li>
  )
}
