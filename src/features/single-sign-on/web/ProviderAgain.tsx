import { Button, Loader, Text } from '@mantine/core'
import { IconLogin2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { getMe } from '#features/people/contract.ts'
import { getSignInWays } from '#features/single-sign-on/contract.ts'
import { call, query } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'

const lookMs = 2000

/** Signs in again through the provider in a tab of its own, so that what was entered in this one stays; notices when it is done. */
export function ProviderAgain({ onDone }: { onDone: (id: string) => unknown }) {
  const { t } = useTranslation()
  const ways = useQuery(query(getSignInWays, {}))
  const [waiting, setWaiting] = useState(false)
  useEffect(() => {
    if (!waiting) return
    const looking = setInterval(() => {
      call(getMe, {}).then(
        ({ id }) => onDone(id),
        () => {},
      )
    }, lookMs)
    return () => clearInterval(looking)
  }, [waiting, onDone])
  return (
    <>
      <Button
        component="a"
        href="/api/provider/sign-in?to=/account"
        target="_blank"
        fullWidth
        data-autofocus
        leftSection={<IconLogin2 size={16} stroke={1.6} />}
        onClick={() => setWaiting(true)}
      >
        {t('single-sign-on.sign-in-through', {
          name: ways.data?.provider ?? t('single-sign-on.provider'),
        })}
      </Button>
      {waiting && (
        <Text size="sm" c="dimmed" role="status">
          <Loader size={12} mr={8} />
          {t('single-sign-on.in-other-tab')}
        </Text>
      )}
    </>
  )
}
