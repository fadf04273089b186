import { Alert, Button, Divider } from '@mantine/core'
import { IconLogin2 } from '@tabler/icons-react'
import { useTranslation } from '#web/i18n/translation.ts'

const failures = [
  'sign-in-stale',
  'provider-away',
  'provider-refused',
  'provider-denied',
  'access-closed',
  'no-group',
  'no-email',
  'email-unverified',
  'email-taken',
] as const

/** The button of the company's provider below the form. A plain link: the whole browser goes there and comes back. */
export function ProviderButton({ name, to }: { name: string; to: string }) {
  const { t } = useTranslation()
  return (
    <>
      <Divider label={t('single-sign-on.or')} />
      <Button
        component="a"
        href={`/api/provider/sign-in?to=${encodeURIComponent(to)}`}
        variant="default"
        fullWidth
        leftSection={<IconLogin2 size={16} stroke={1.6} />}
      >
        {t('single-sign-on.sign-in-through', { name })}
      </Button>
    </>
  )
}

/** Why the provider's way did not lead in: the word stands in the address it came back to. */
export function ProviderFailure({ failed }: { failed: string | undefined }) {
  const { t } = useTranslation()
  const failure = failures.find((one) => one === failed)
  if (!failure) return null
  return (
    <Alert color="red" variant="light" role="alert" p="sm">
      {t(`single-sign-on.failed-${failure}`)}
    </Alert>
  )
}
