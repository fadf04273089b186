import { Button, Group, SimpleGrid, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { AccountDraft } from '#features/clients/contract.ts'
import { judgeAccount, judgeBic } from '#shared/tax-numbers.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './card.module.css'

/** A new bank account; says while one types where the key digit does not fit. */
export function AccountForm({
  onDone,
  onCancel,
}: {
  onDone: (account: AccountDraft) => Promise<void>
  onCancel: () => void
}) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState({ account: '', bic: '', bank: '', corrAccount: '' })
  const unfit =
    draft.account !== '' &&
    draft.bic.length === 9 &&
    judgeAccount(draft.account, { bic: draft.bic }).verdict !== 'ok'
  const badBic = draft.bic !== '' && judgeBic(draft.bic).verdict !== 'ok'
  const input = (name: keyof typeof draft) => ({
    size: 'xs' as const,
    label: t(`clients.card.${name}`),
    value: draft[name],
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      setDraft({ ...draft, [name]: currentTarget.value }),
  })
  return (
    <form
      className={classes.editor}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onCancel()
      }}
      onSubmit={(event) => {
        event.preventDefault()
        if (draft.account.trim() !== '')
          void onDone({
            account: draft.account,
            bic: draft.bic || null,
            bank: draft.bank || null,
            corrAccount: draft.corrAccount || null,
          })
      }}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={6}>
        <TextInput
          {...input('account')}
          autoFocus
          inputMode="numeric"
          error={unfit ? t('clients.card.account-doubtful') : undefined}
        />
        <TextInput
          {...input('bic')}
          inputMode="numeric"
          error={badBic ? t('clients.card.bic-doubtful') : undefined}
        />
        <TextInput {...input('bank')} />
        <TextInput {...input('corrAccount')} inputMode="numeric" />
      </SimpleGrid>
      <Group gap={6} mt={8}>
        <Button type="submit" size="compact-sm">
          {t('shell.save')}
        </Button>
        <Button variant="subtle" color="gray" size="compact-sm" onClick={onCancel}>
          {t('shell.cancel')}
        </Button>
      </Group>
    </form>
  )
}
