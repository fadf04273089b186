import { PasswordInput, Stack, TextInput } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { signIn } from '#features/people/contract.ts'
import type { Entered } from '#features/sign-ins/contract.ts'
import { getSignInWays } from '#features/single-sign-on/contract.ts'
import { ProviderButton, ProviderFailure } from '#features/single-sign-on/web/OtherWays.tsx'
import { call, query } from '#web/api.ts'
import { FormFoot } from '#web/form/FormFoot.tsx'
import { ownAddress } from '#shared/own-address.ts'
import { useContractForm } from '#web/form/use-contract-form.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { withWords } from '#web/i18n/i18n.ts'
import { Door } from '#web/layout/Door.tsx'

const SecondStep = lazy(async () => ({
  default: (await withWords(['sign-ins'], import('#features/sign-ins/web/SecondStep.tsx'))).SecondStep,
}))

/** Sign-in by e-mail and password, with what is due after it (`?step=`); goes on to `?to=`, the address the person wanted. */
export function SignInPage() {
  const { t } = useTranslation()
  const { to, failed, step } = useSearch({ strict: false }) as {
    to?: string
    failed?: string
    step?: 'code' | 'set-up'
  }
  const { data: ways } = useQuery(query(getSignInWays, {}))
  const navigate = useNavigate()
  const queries = useQueryClient()
  const goOn = async () => {
    queries.clear()
    await navigate({ href: ownAddress(to), replace: true })
  }
  const goTo = (next?: 'code' | 'set-up') =>
    void navigate({ to: '/sign-in', search: { ...(to && { to }), ...(next && { step: next }) } })
  if (step)
    return (
      <Suspense>
        <SecondStep step={step} onDone={goOn} onAnew={() => goTo()} />
      </Suspense>
    )
  return (
    <Door title={t('people.sign-in')}>
      <Stack>
        <ProviderFailure failed={failed} />
        <PasswordForm
          toDirectory={ways?.directory ?? false}
          onEntered={(entered) => ('step' in entered ? goTo(entered.step) : goOn())}
        />
        {ways?.provider && <ProviderButton name={ways.provider} to={ownAddress(to)} />}
      </Stack>
    </Door>
  )
}

interface PasswordFormProps {
  /** The company's directory knows people by a login too. */
  toDirectory: boolean
  onEntered: (entered: Entered) => unknown
}

function PasswordForm({ toDirectory, onEntered }: PasswordFormProps) {
  const { t } = useTranslation()
  const { field, onSubmit, failure, pending } = useContractForm(signIn.input, {
    initial: { email: '', password: '' },
    send: (values) => call(signIn, values),
    onDone: onEntered,
  })
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        <TextInput
          label={t(toDirectory ? 'single-sign-on.email-or-login' : 'people.email')}
          type={toDirectory ? 'text' : 'email'}
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
      </Stack>
    </form>
  )
}
