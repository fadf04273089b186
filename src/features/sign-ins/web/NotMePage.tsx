import { Button, Stack, Text } from '@mantine/core'
import { IconLinkOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { describeAgent } from '#features/sign-ins/describe-agent.ts'
import { denySignIn, getDenial } from '#features/sign-ins/contract.ts'
import { query, useApiMutation } from '#web/api.ts'
import { formatDateTime } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Door } from '#web/layout/Door.tsx'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { ApiProblem } from '#web/problem.ts'

/** What «это не я» of a letter opens: says which sign-in, ends every session, goes on to a new password. */
export function NotMePage() {
  const { t } = useTranslation()
  const { token } = useParams({ strict: false }) as { token: string }
  const navigate = useNavigate()
  const denial = useQuery({ ...query(getDenial, { token }), retry: false })
  const deny = useApiMutation(denySignIn, {
    onSuccess: ({ invitation }) => navigate({ href: `/invitation/${invitation}`, replace: true }),
  })
  if (denial.error instanceof ApiProblem && denial.error.status === 404 && !deny.isSuccess)
    return (
      <Door title={t('sign-ins.new-device')}>
        <EmptyState
          icon={<IconLinkOff size={22} />}
          title={t('sign-ins.not-me-spent')}
          text={t('sign-ins.not-me-spent-text')}
        >
          <Button component={Link} to="/sign-in" variant="default">
            {t('sign-ins.to-sign-in')}
          </Button>
        </EmptyState>
      </Door>
    )
  return (
    <Door title={t('sign-ins.not-me-title')}>
      <Loaded of={denial} meanwhile={3}>
        {({ at, address, agent }) => (
          <Stack>
            <Text>
              {t('sign-ins.not-me-text', {
                device: describeAgent(agent) || t('sign-ins.unknown-device'),
                address: address ?? '',
                when: formatDateTime(at),
              })}
            </Text>
            <Text size="sm" c="dimmed">
              {t('sign-ins.not-me-why')}
            </Text>
            <Button loading={deny.isPending} onClick={() => deny.mutate({ token })}>
              {t('sign-ins.not-me-act')}
            </Button>
          </Stack>
        )}
      </Loaded>
    </Door>
  )
}
