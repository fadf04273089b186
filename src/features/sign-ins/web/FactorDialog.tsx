import { Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { listSessions } from '#features/people/contract.ts'
import * as contract from '#features/sign-ins/contract.ts'
import { call, refresh } from '#web/api.ts'
import { FormFoot } from '#web/form/FormFoot.tsx'
import { useContractForm } from '#web/form/use-contract-form.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { notifyDone } from '#web/layout/notify.tsx'
import { useMe } from '#web/session.ts'
import { FactorSetUp } from './FactorSetUp.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'

export type FactorAct = 'turn-on' | 'move' | 'renew' | 'turn-off'

/** Password (and a code where there is one already), and then what was asked for. */
export function FactorDialog({ act, onClose }: { act: FactorAct; onClose: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [draft, setDraft] = useState<{ secret: string; uri: string } | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const done = async (said?: string) => {
    onClose()
    if (said) notifyDone(said)
    await refresh(queries, contract.getSecondFactor, listSessions, contract.listSignIns)
  }
  const prove = async (proof: Proof) => {
    if (act === 'renew') setCodes((await call(contract.renewRecoveryCodes, proof)).recoveryCodes)
    else if (act === 'turn-off') {
      await call(contract.removeSecondFactor, proof)
      await done(t('sign-ins.turned-off'))
    } else {
      const { code, ...rest } = proof
      setDraft(await call(contract.draftSecondFactor, { ...rest, ...(act === 'move' && { code }) }))
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      // Recovery codes are there this once: a slip of the hand must not close them.
      closeOnClickOutside={false}
      title={t(`sign-ins.${act}`)}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {draft ? (
        <FactorSetUp
          draft={draft}
          confirm={(code) => call(contract.confirmSecondFactor, { code })}
          onDone={() => done(t('sign-ins.turned-on'))}
        />
      ) : codes ? (
        <RecoveryCodes codes={codes} onDone={() => done()} />
      ) : (
        <ProofForm asksCode={act !== 'turn-on'} send={prove} />
      )}
    </Modal>
  )
}

interface Proof {
  password: string
  code: string
}

function ProofForm({ asksCode, send }: { asksCode: boolean; send: (proof: Proof) => Promise<void> }) {
  const { t } = useTranslation()
  // Whoever signs in with an account of the company has no password here.
  const isLocal = useMe().source === 'local'
  const schema = asksCode ? contract.removeSecondFactor.input : contract.draftSecondFactor.input
  const { field, onSubmit, failure, pending } = useContractForm(schema, {
    initial: { password: '', code: '' },
    send: (values) => send(values as Proof),
  })
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        {isLocal ? (
          <PasswordInput
            label={t('sign-ins.password')}
            autoComplete="current-password"
            data-autofocus
            visibilityToggleButtonProps={{ 'aria-label': t('sign-ins.show-password') }}
            {...field('password')}
            withAsterisk={false}
          />
        ) : (
          <Text size="sm">{t('sign-ins.no-password-here')}</Text>
        )}
        {asksCode && (
          <TextInput
            label={t('sign-ins.present-code')}
            autoComplete="one-time-code"
            {...field('code')}
            withAsterisk={false}
          />
        )}
        <FormFoot submit={t('sign-ins.go')} pending={pending} failure={failure} />
      </Stack>
    </form>
  )
}
