import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { IconLinkOff } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { acceptInvitation, getInvitation } from '#features/people/contract.ts'
import { call, query } from '#web/api.ts'
import { FormFoot } from '#web/form/FormFoot.tsx'
import { useContractForm } from '#web/form/use-contract-form.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Door } from '#web/layout/Door.tsx'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { ApiProblem } from '#web/problem.ts'

/** What a one-time link opens: the invited person, or the one who forgot his password, chooses a new one. */
export function InvitationPage() {
  const { t } = useTranslation()
  const { token } = useParams({ strict: false }) as { token: string }
  const invitation = useQuery(query(getInvitation, { token }))
  if (invitation.error instanceof ApiProblem && invitation.error.status === 404) return <SpentLink />
  const { purpose, company } = invitation.data ?? { purpose: 'invitation', company: '' }
  return (
    <Door
      title={purpose === 'reset' ? t('people.new-password') : t('people.welcome')}
      text={purpose === 'invitation' && company && t('people.invited-to', { company })}
    >
      <Loaded of={invitation} meanwhile={4}>
        {({ email }) => <PasswordForm token={token} email={email} />}
      </Loaded>
    </Door>
  )
}

function PasswordForm({ token, email }: { token: string; email: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { field, onSubmit, failure, pending } = useContractForm(acceptInvitation.input, {
    initial: { token, password: '' },
    send: (values) => call(acceptInvitation, values),
    onDone: async (entered) => {
      queries.clear()
      await ('step' in entered
        ? navigate({ to: '/sign-in', search: { step: entered.step }, replace: true })
        : navigate({ to: '/', replace: true }))
    },
  })
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        <TextInput label={t('people.email')} value={email} readOnly autoComplete="username" />
        <PasswordInput
          label={t('people.choose-password')}
          description={t('people.password-rule')}
          autoComplete="new-password"
          autoFocus
          visibilityToggleButtonProps={{ 'aria-label': t('people.show-password') }}
          {...field('password')}
          withAsterisk={false}
        />
        <FormFoot submit={t('people.enter')} pending={pending} failure={failure} fullWidth />
      </Stack>
    </form>
  )
}

function SpentLink() {
  const { t } = useTranslation()
  return (
    <Door title={t('people.invitation')}>
      <EmptyState
        icon={<IconLinkOff size={22} />}
        title={t('people.link-spent')}
        text={t('people.link-spent-text')}
      >
        <Button component={Link} to="/sign-in" variant="default">
          {t('people.sign-in-act')}
        </Button>
      </EmptyState>
    </Door>
  )
}
