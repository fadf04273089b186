import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { setUp } from '#features/company/contract.ts'
import { call } from '#web/api.ts'
import { FormFoot } from '#web/form/FormFoot.tsx'
import { useContractForm } from '#web/form/use-contract-form.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import type { CompanyDraft } from './CompanyStep.tsx'

interface HeadStepProps {
  company: CompanyDraft
  /** The installation is open to a network: whoever sets it up must have seen its console. */
  codeAsked: boolean
  onBack: () => void
  onDone: () => void
}

/** The head's account; sends the whole wizard and signs the head in. */
export function HeadStep({ company, codeAsked, onBack, onDone }: HeadStepProps) {
  const { t } = useTranslation()
  const { field, onSubmit, failure, pending } = useContractForm(setUp.input, {
    initial: { ...company, code: codeAsked ? '' : undefined, head: { name: '', email: '', password: '' } },
    send: (values) => call(setUp, values),
    onDone,
  })
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        {codeAsked && (
          <TextInput
            label={t('company.code')}
            description={t('company.code-why')}
            autoComplete="off"
            {...field('code')}
          />
        )}
        <TextInput label={t('company.head-name')} autoFocus autoComplete="name" {...field('head.name')} />
        <TextInput
          label={t('company.head-email')}
          description={t('company.head-email-why')}
          type="email"
          autoComplete="username"
          {...field('head.email')}
        />
        <PasswordInput
          label={t('company.head-password')}
          description={t('people.password-rule')}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('people.show-password') }}
          {...field('head.password')}
        />
        <FormFoot submit={t('company.create')} pending={pending} failure={failure}>
          <Button variant="subtle" color="gray" onClick={onBack}>
            {t('company.back')}
          </Button>
        </FormFoot>
      </Stack>
    </form>
  )
}
