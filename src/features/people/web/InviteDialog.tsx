import { Button, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { inviteUser, listUsers, type Team } from '#features/people/contract.ts'
import { Role } from '#shared/roles.ts'
import { call, refresh } from '#web/api.ts'
import { FormFoot } from '#web/form/FormFoot.tsx'
import { useContractForm } from '#web/form/use-contract-form.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { LinkDialog } from './LinkDialog.tsx'

interface InviteDialogProps {
  teams: z.output<typeof Team>[]
  onClose: () => void
}

/** Names a new colleague and his role, then shows the one-time link for him. */
export function InviteDialog({ teams, onClose }: InviteDialogProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [made, setMade] = useState<{ name: string; link: string } | null>(null)
  const { field, onSubmit, failure, pending } = useContractForm(inviteUser.input, {
    initial: { name: '', email: '', role: 'manager' as Role, teamId: null as string | null },
    send: (values) => call(inviteUser, values),
    onDone: async ({ user, link }) => {
      setMade({ name: user.name, link })
      await refresh(queries, listUsers)
    },
  })
  if (made) return <LinkDialog {...made} onClose={onClose} />
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('people.invite-title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={onSubmit} noValidate>
        <Stack>
          <TextInput label={t('people.person-name')} data-autofocus autoComplete="off" {...field('name')} />
          <TextInput label={t('people.email')} type="email" autoComplete="off" {...field('email')} />
          <Select
            label={t('people.role')}
            data={Role.options.map((value) => ({ value, label: t(`role.${value}`) }))}
            allowDeselect={false}
            {...field('role')}
          />
          {teams.length > 0 && (
            <Select
              label={t('people.team')}
              data={teams.map(({ id, name }) => ({ value: id, label: name }))}
              clearable
              placeholder={t('people.no-team')}
              {...field('teamId')}
            />
          )}
          <FormFoot submit={t('people.make-link')} pending={pending} failure={failure}>
            <Button variant="subtle" color="gray" onClick={onClose}>
              {t('shell.cancel')}
            </Button>
          </FormFoot>
        </Stack>
      </form>
    </Modal>
  )
}
