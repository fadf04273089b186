import { Badge, Button, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { endSession, listSessions, type Session } from '#features/people/contract.ts'
import { query, useApiMutation } from '#web/api.ts'
import { formatDateTime, formatRelative } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { describeAgent } from '#features/sign-ins/describe-agent.ts'

type SessionRow = z.output<typeof Session>

/** Where the person is signed in, or which programs act for him; each can be ended at once. */
export function SessionsList({ kind }: { kind: SessionRow['kind'] }) {
  const { t } = useTranslation()
  const sessions = useQuery(query(listSessions, {}))
  return (
    <Loaded of={sessions} meanwhile={2}>
      {(all) => {
        const shown = all.filter((session) => session.kind === kind)
        if (shown.length === 0) return null
        return (
          <Table mt="sm" aria-label={t(kind === 'token' ? 'people.tokens' : 'people.sessions')}>
            <Table.Tbody>
              {shown.map((session) => (
                <SessionLine key={session.id} session={session} />
              ))}
            </Table.Tbody>
          </Table>
        )
      }}
    </Loaded>
  )
}

function SessionLine({ session }: { session: SessionRow }) {
  const { t } = useTranslation()
  const end = useApiMutation(endSession, { refreshes: [listSessions] })
  const title =
    session.kind === 'token' ? session.name : describeAgent(session.agent) || t('people.unknown-device')
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={500} title={session.agent ?? undefined}>
          {title} {session.current && <Badge size="xs">{t('people.this-session')}</Badge>}
          {session.asleep && (
            <Badge size="xs" color="yellow">
              {t('people.token-asleep')}
            </Badge>
          )}
        </Text>
        <Text size="xs" c="dimmed" title={formatDateTime(session.seenAt)}>
          {[session.address, t('people.seen', { when: formatRelative(session.seenAt) })]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </Table.Td>
      <Table.Td ta="right" w={140}>
        {!session.current && (
          <Button
            variant="default"
            size="compact-sm"
            loading={end.isPending}
            onClick={() => end.mutate({ id: session.id })}
          >
            {t(session.kind === 'token' ? 'people.revoke' : 'people.end-session')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  )
}
