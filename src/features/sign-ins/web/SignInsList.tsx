import { Badge, Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { listSignIns, type SignInEvent } from '#features/sign-ins/contract.ts'
import { describeAgent } from '#features/sign-ins/describe-agent.ts'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import type { InputOf } from '#shared/endpoint.ts'
import { call, keyOf } from '#web/api.ts'
import { formatDateTime } from '#web/format.ts'
import { exists, useTranslation } from '#web/i18n/translation.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import classes from './sign-ins.module.css'

interface SignInsListProps {
  filter: InputOf<typeof listSignIns>
  /** Says whose each line is. */
  named?: boolean
}

/** Lines of the journal of sign-ins, the latest first. */
export function SignInsList({ filter, named = false }: SignInsListProps) {
  const { t } = useTranslation()
  const pages = useInfiniteQuery({
    queryKey: [keyOf(listSignIns), filter, 'pages'],
    queryFn: ({ pageParam, signal }) => call(listSignIns, { ...filter, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
  return (
    <div className={classes.list}>
      <Loaded of={pages} meanwhile={4}>
        {({ pages: all }) => {
          const events = all.flatMap((page) => page.items)
          if (events.length === 0)
            return <EmptyState title={t('sign-ins.nothing')} text={t('sign-ins.nothing-text')} />
          return (
            <ul aria-label={t('sign-ins.journal')}>
              {events.map((event) => (
                <Line key={event.id} event={event} named={named} />
              ))}
            </ul>
          )
        }}
      </Loaded>
      {pages.hasNextPage && (
        <Button
          mt="sm"
          variant="default"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('sign-ins.show-more')}
        </Button>
      )}
    </div>
  )
}

function Line({ event, named }: { event: SignInEvent; named: boolean }) {
  const { t } = useTranslation()
  const { nameOf } = useColleagues()
  const { kind, reason, userId, byId, account, isNewDevice, agent, address, at } = event
  const whose = (userId ? nameOf(userId) : account) ?? t('sign-ins.unknown-person')
  const by = byId ? nameOf(byId) : undefined
  return (
    <li className={classes.line}>
      <Text size="sm" className={kind === 'failure' || kind === 'denied' ? classes.refused! : undefined}>
        {named && <b>{whose}: </b>}
        {t(`sign-ins.kind-${kind}`)}
        {reason && `: ${reasonOf(reason)}`}
        {detailOf(event)} {isNewDevice && <Badge size="xs">{t('sign-ins.is-new')}</Badge>}
      </Text>
      <Text size="xs" c="dimmed">
        {[formatDateTime(at), describeAgent(agent), address, by && t('sign-ins.by', { name: by })]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </li>
  )

  function reasonOf(said: string): string {
    const key = `sign-ins.reason-${said}`
    return exists(key) ? t(key) : said
  }

  function detailOf({ details }: SignInEvent): string {
    const { name, from, to, secondFactor } = details as Record<string, string | undefined>
    if (secondFactor === 'totp' || secondFactor === 'recovery') return ` ${t(`sign-ins.via-${secondFactor}`)}`
    if (from && to) return `: ${from} → ${to}`
    return name ? `: ${name}` : ''
  }
}
