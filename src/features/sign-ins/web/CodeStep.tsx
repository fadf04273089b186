import { Button, Stack, Text, TextInput } from '@mantine/core'
import { sendCode } from '#features/sign-ins/contract.ts'
import { call } from '#web/api.ts'
import { FormFoot } from '#web/form/FormFoot.tsx'
import { useContractForm } from '#web/form/use-contract-form.ts'
import { useTranslation } from '#web/i18n/translation.ts'

/** The second step of signing in; `onAnew` goes back to the password. */
export function CodeStep({ onDone, onAnew }: { onDone: (id: string) => unknown; onAnew: () => void }) {
  const { t } = useTranslation()
  const { field, onSubmit, failure, pending } = useContractForm(sendCode.input, {
    initial: { code: '' },
    send: (values) => call(sendCode, values),
    onDone: ({ id }) => onDone(id),
  })
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('sign-ins.code-why')}
        </Text>
        <TextInput
          label={t('sign-ins.code-label')}
          autoComplete="one-time-code"
          autoFocus
          {...field('code')}
          withAsterisk={false}
        />
        <FormFoot submit={t('sign-ins.code-act')} pending={pending} failure={failure}>
          <Button variant="subtle" color="gray" onClick={onAnew}>
            {t('sign-ins.start-anew')}
          </Button>
        </FormFoot>
      </Stack>
    </form>
  )
}
