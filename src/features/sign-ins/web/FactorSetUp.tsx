import { Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { sendCode } from '#features/sign-ins/contract.ts'
import { FormFoot } from '#web/form/FormFoot.tsx'
import { useContractForm } from '#web/form/use-contract-form.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { CopyField } from '#web/layout/CopyField.tsx'
import { QrCode } from '#web/layout/QrCode.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'

interface FactorSetUpProps {
  draft: { secret: string; uri: string }
  confirm: (code: string) => Promise<{ recoveryCodes: string[] }>
  onDone: () => unknown
}

/** The picture for the telephone, the code that confirms it, and then the recovery codes, shown this once. */
export function FactorSetUp({ draft: { secret, uri }, confirm, onDone }: FactorSetUpProps) {
  const { t } = useTranslation()
  const [codes, setCodes] = useState<string[] | null>(null)
  const { field, onSubmit, failure, pending } = useContractForm(sendCode.input, {
    initial: { code: '' },
    send: ({ code }) => confirm(code),
    onDone: ({ recoveryCodes }) => setCodes(recoveryCodes),
  })
  if (codes) return <RecoveryCodes codes={codes} onDone={onDone} />
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        <Group align="flex-start" wrap="nowrap">
          <QrCode text={uri} label={t('sign-ins.set-up-qr')} />
          <Text size="sm" c="dimmed">
            {t('sign-ins.set-up-scan')}
          </Text>
        </Group>
        <CopyField label={t('sign-ins.set-up-type')} value={secret.match(/.{4}/g)!.join(' ')} />
        <TextInput
          label={t('sign-ins.set-up-code')}
          autoComplete="one-time-code"
          inputMode="numeric"
          {...field('code')}
          withAsterisk={false}
        />
        <FormFoot submit={t('sign-ins.set-up-act')} pending={pending} failure={failure} />
      </Stack>
    </form>
  )
}
