import { PasswordInput, Stack, TextInput } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { signIn } from '#features/people/contract.ts'
import { getSignInWays } from '#features/single-sign-on/contract.ts'
import { ProviderButton, ProviderFailure } from '#features/single-sign-on/web/OtherWays.tsx'
import { call, query } from '#web/api.ts'
import { FormFoot } from '#web/form/FormFoot.tsx'
import { ownAddress } from '#shared/own-address.ts'
import { useContractForm } from '#web/form/use-contract-form.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Door } from '#web/layout/Door.tsx'

/** Sign-in by e-mail and password; goes on to `?to=`, the address the person wanted. */
export function SignInPage() {
  const { t } = useTranslation()
  const { to, failed } = useSearch({ strict: false }) as { to?: string; failed?: string }
  const { data: ways } = useQuery(query(getSignInWays, {}))
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { field, onSubmit, failure, pending } = useContractForm(signIn.input, {
    initial: { email: '', password: '' },
    send: (values) => call(signIn, values),
    onDone: async () => {
      queries.clear()
      await navigate({ href: ownAddress(to), replace: true })
    },
  })
  return (
    <Door title={t('people.sign-in')}>
      <form onSubmit={onSubmit} noValidate>
        <Stack>
          <ProviderFailure failed={failed} />
          <TextInput
            label={t(ways?.directory ? 'single-sign-on.email-or-login' : 'people.email')}
            type={ways?.directory ? 'text' : 'email'}
            autoComplete="username"
            autoFocus
            {...field('email')}
            withAsterisk={false}
          />
          <PasswordInput
            label={t('people.password')}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('people.show-password') }}
            {...field('password')}
            withAsterisk={false}
          />
          <FormFoot submit={t('people.sign-in-act')} pending={pending} failure={failure} fullWidth />
          {ways?.provider && <ProviderButton name={ways.provider} to={ownAddress(to)} />}
        </Stack>
      </form>
    </Door>
  )
}
