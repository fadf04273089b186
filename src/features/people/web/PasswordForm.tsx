import { PasswordInput, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { changePassword, listSessions } from '#features/people/contract.ts'
import { call, refresh } from '#web/api.ts'
import { FormFoot } from '#web/form/FormFoot.tsx'
import { useContractForm } from '#web/form/use-contract-form.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { notifyDone } from '#web/layout/notify.tsx'

/** A new password ends every other session of the person. */
export function PasswordForm() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { form, field, onSubmit, failure, pending } = useContractForm(changePassword.input, {
    initial: { current: '', next: '' },
    send: (values) => call(changePassword, values),
    onDone: async () => {
      form.reset()
      notifyDone(t('people.password-changed'))
      await refresh(queries, listSessions)
    },
  })
  const eye = { 'aria-label': t('people.show-password') }
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack maw={360}>
        <PasswordInput
          label={t('people.current-password')}
          autoComplete="current-password"
          visibilityToggleButtonProps={eye}
          {...field('current')}
          withAsterisk={false}
        />
        <PasswordInput
          label={t('people.new-password')}
          description={t('people.password-rule')}
          autoComplete="new-password"
          visibilityToggleButtonProps={eye}
          {...field('next')}
          withAsterisk={false}
        />
        <FormFoot submit={t('people.change-password')} pending={pending} failure={failure} />
      </Stack>
    </form>
  )
}
