import { useQuery } from '@tanstack/react-query'
import type { User } from '#features/people/contract.ts'
import { getSignInWays } from '#features/single-sign-on/contract.ts'
import { query } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'

/** « · из каталога» behind the e-mail of whoever signs in elsewhere; nothing behind others. */
export function AccountSource({ source }: { source: User['source'] }) {
  const { t } = useTranslation()
  const ways = useQuery({ ...query(getSignInWays, {}), enabled: source === 'provider' })
  if (source === 'local') return null
  const name = ways.data?.provider ?? t('single-sign-on.provider')
  const text =
    source === 'directory' ? t('single-sign-on.from-directory') : t('single-sign-on.from-provider', { name })
  return <> · {text}</>
}
