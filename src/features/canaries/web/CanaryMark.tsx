import { Anchor, Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { listCanaries, markCanary, unmarkCanary } from '#features/canaries/contract.ts'
import { query, useApiMutation } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'

/** On the card of a head: whether the client is a canary, and to make one of it. */
export function CanaryMark({ clientId }: { clientId: string }) {
  const { t } = useTranslation()
  const found = useQuery(query(listCanaries, { client: clientId })).data
  const mark = useApiMutation(markCanary, { refreshes: [listCanaries] })
  const unmark = useApiMutation(unmarkCanary, { refreshes: [listCanaries] })
  if (!found) return null
  const isOne = found.length > 0
  return (
    <div className="no-print">
      {isOne && (
        <Badge size="sm" color="yellow" variant="light" mr={8}>
          {t('canaries.is')}
        </Badge>
      )}
      <Anchor
        component="button"
        size="xs"
        c="dimmed"
        onClick={() => (isOne ? unmark : mark).mutate({ id: clientId })}
      >
        {t(isOne ? 'canaries.unmark' : 'canaries.mark')}
      </Anchor>
    </div>
  )
}
