import { Button, Text, Timeline } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { clientHistory } from '#features/clients/contract.ts'
import { clientFields } from '#features/clients/fields.ts'
import { call, keyOf } from '#web/api.ts'
import { formatDateTime } from '#web/format.ts'
import type { Language } from '#web/i18n/language.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import type { Dictionaries } from './use-dictionaries.ts'

type Change = Awaited<ReturnType<typeof call<typeof clientHistory>>>['items'][number]

/** Who changed what on this client, the latest first. */
export function HistoryPanel({ clientId, dictionaries }: { clientId: string; dictionaries: Dictionaries }) {
  const { t, i18n } = useTranslation()
  const pages = useInfiniteQuery({
    queryKey: [keyOf(clientHistory), clientId],
    queryFn: ({ pageParam }) => call(clientHistory, { id: clientId, cursor: pageParam, limit: 50 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
  const sets = Map.groupBy(
    pages.data?.pages.flatMap((page) => page.items) ?? [],
    (change) => change.changeSetId,
  )
  return (
    <Loaded of={pages as never}>
      {() => (
        <>
          <Timeline bulletSize={10} lineWidth={1}>
            {[...sets].map(([id, changes]) => (
              <Timeline.Item
                key={id}
                title={
                  <Text size="sm">
                    {t(`clients.act.${changes[0]!.act as 'client.create'}`, {
                      defaultValue: changes[0]!.act,
                    })}
                  </Text>
                }
              >
                <Text size="xs" c="dimmed">
                  {dictionaries.nameOfUser(changes[0]!.authorId)} · {formatDateTime(changes[0]!.at)}
                </Text>
                {changes
                  .flatMap((change) => linesOf(change, i18n.language))
                  .map((line, index) => (
                    <Text key={index} size="xs" style={{ overflowWrap: 'anywhere' }}>
                      {line}
                    </Text>
                  ))}
              </Timeline.Item>
            ))}
          </Timeline>
          {pages.hasNextPage && (
            <Button
              variant="subtle"
              size="compact-sm"
              mt="xs"
              loading={pages.isFetchingNextPage}
              onClick={() => void pages.fetchNextPage()}
            >
              {t('grid.more')}
            </Button>
          )}
        </>
      )}
    </Loaded>
  )
}

const unread = new Set([
  'version',
  'normalized',
  'reason',
  'match_key',
  'checked_by',
  'name_core',
  'entered',
  'ordinal',
  'id',
  'client_id',
  'person_id',
  'updated_at',
  'created_at',
  'archived_by',
  'gender',
])
const camel = (column: string) => column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
const fieldOf: Record<string, string> = { ownerId: 'owner' }

/** A changed row in words: «Регион: Тверь → Москва»; a removed one by what it was. */
function linesOf(change: Change, language: Language): string[] {
  if (change.op === 'i') return []
  if (change.op === 'd')
    return [
      `− ${String(change.before?.value ?? change.before?.name ?? change.before?.account ?? change.before?.text ?? '')}`,
    ]
  return Object.keys(change.after ?? {})
    .filter((column) => !unread.has(column))
    .map((column) => {
      const id = fieldOf[camel(column)] ?? camel(column)
      const title = clientFields.find((field) => field.id === id)?.title[language]
      const said = `${textOf(change.before?.[column])} → ${textOf(change.after?.[column])}`
      return title ? `${title}: ${said}` : said
    })
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
