import { Anchor, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { signIn } from '#features/people/contract.ts'
import type { Entered } from '#features/sign-ins/contract.ts'
import { ProviderAgain } from '#features/single-sign-on/web/ProviderAgain.tsx'
import { call } from '#web/api.ts'
import { FormFoot } from '#web/form/FormFoot.tsx'
import { useContractForm } from '#web/form/use-contract-form.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import type { Me } from '#web/session.ts'
import { CodeStep } from './CodeStep.tsx'
import { SetUpStep } from './SetUpStep.tsx'

interface SignInAgainProps {
  me: Pick<Me, 'id' | 'email' | 'source'>
  onDone: () => void
}

/** Over the screen whose session has ended, and hiding it: what was entered below stays, and is there again after signing in. */
export function SignInAgain({ me, onDone }: SignInAgainProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [step, setStep] = useState<'password' | 'code' | 'set-up'>('password')
  const done = async (id: string) => {
    // Somebody else must find nothing of the one before.
    if (id !== me.id) return location.assign('/')
    onDone()
    await queries.invalidateQueries()
  }
  const enter = (entered: Entered) => ('id' in entered ? done(entered.id) : setStep(entered.step))
  return (
    <Modal
      opened
      fullScreen
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      zIndex={10_000}
      title={t('sign-ins.again-title')}
    >
      <Stack maw={360} mx="auto" mt="10vh">
        <Text size="sm" c="dimmed">
          {t('sign-ins.again-text')}
        </Text>
        {step === 'password' &&
          (me.source === 'provider' ? (
            <ProviderAgain onDone={done} />
          ) : (
            <PasswordStep email={me.email} onEntered={enter} />
          ))}
        {step === 'code' && <CodeStep onDone={done} onAnew={() => setStep('password')} />}
        {step === 'set-up' && <SetUpStep onDone={done} />}
        <Anchor size="sm" href="/sign-in">
          {t('sign-ins.again-other')}
        </Anchor>
      </Stack>
    </Modal>
  )
}

function PasswordStep({ email, onEntered }: { email: string; onEntered: (entered: Entered) => unknown }) {
  const { t } = useTranslation()
  const { field, onSubmit, failure, pending } = useContractForm(signIn.input, {
    initial: { email, password: '' },
    send: (values) => call(signIn, values),
    onDone: onEntered,
  })
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        <TextInput label={t('sign-ins.email')} value={email} readOnly autoComplete="username" />
        <PasswordInput
          label={t('sign-ins.password')}
          autoComplete="current-password"
          data-autofocus
          visibilityToggleButtonProps={{ 'aria-label': t('sign-ins.show-password') }}
          {...field('password')}
          withAsterisk={false}
        />
        <FormFoot submit={t('sign-ins.again-act')} pending={pending} failure={failure} />
      </Stack>
    </form>
  )
}
