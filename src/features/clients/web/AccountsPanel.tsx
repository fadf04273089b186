import { ActionIcon, Text, Tooltip } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { notifyReversible } from '#features/changes/web/notify-reversible.ts'
import type { AccountDraft, Client } from '#features/clients/contract.ts'
import { judgeAccount } from '#shared/tax-numbers.ts'
import { AccountForm } from './AccountForm.tsx'
import { AddLine } from './AddLine.tsx'
import classes from './card.module.css'

interface AccountsPanelProps {
  accounts: Client['accounts']
  readOnly: boolean
  onSave: (accounts: AccountDraft[]) => Promise<boolean>
}

/** Bank accounts; a number whose key digit does not fit its БИК is marked. */
export function AccountsPanel({ accounts, readOnly, onSave }: AccountsPanelProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [adding, setAdding] = useState(false)
  const remove = async (gone: Client['accounts'][number]) => {
    const rest = accounts.filter((account) => account.id !== gone.id)
    if (await onSave(rest)) void notifyReversible(queries, t('clients.card.account-removed'))
  }
  return (
    <>
      {accounts.map((account) => {
        const doubtful = ['doubtful', 'junk'].includes(
          judgeAccount(account.account, { bic: account.bic }).verdict,
        )
        return (
          <div className={classes.contact} key={account.id}>
            <div className={classes.contactValue}>
              <Text
                span
                size="sm"
                {...(doubtful && { c: 'var(--warn)' })}
                title={doubtful ? t('clients.card.account-doubtful') : undefined}
              >
                {account.account}
              </Text>{' '}
              <Text span size="xs" c="dimmed">
                {[account.bank, account.bic && `${t('clients.card.bic')} ${account.bic}`]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
            </div>
            {!readOnly && (
              <Tooltip label={t('clients.card.remove')}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={26}
                  className="no-print"
                  aria-label={`${t('clients.card.remove')}: ${account.account}`}
                  onClick={() => void remove(account)}
                >
                  <IconTrash size={15} />
                </ActionIcon>
              </Tooltip>
            )}
          </div>
        )
      })}
      {adding && (
        <AccountForm
          onCancel={() => setAdding(false)}
          onDone={async (account) => {
            if (await onSave([...accounts, account])) setAdding(false)
          }}
        />
      )}
      {!readOnly && !adding && (
        <AddLine label={t('clients.card.add-account')} onClick={() => setAdding(true)} />
      )}
    </>
  )
}
