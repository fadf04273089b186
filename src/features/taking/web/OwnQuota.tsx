import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getQuota } from '#features/taking/contract.ts'
import { query } from '#web/api.ts'
import { formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { useMe } from '#web/session.ts'

/** What the reader himself may still take out; a head without a quota needs no line. */
export function OwnQuota() {
  const { t } = useTranslation()
  const { role } = useMe()
  const found = useQuery(query(getQuota, {})).data
  if (!found || (role === 'head' && found.quota === null)) return null
  const text = !found.mayExport
    ? t('taking.own-none')
    : found.quota === null
      ? t('taking.own-free')
      : t('taking.own-left', {
          left: formatNumber(Math.max(0, found.quota - found.taken)),
          quota: formatNumber(found.quota),
        })
  return (
    <Text size="sm" c="dimmed" mb="sm">
      {text}
    </Text>
  )
}
