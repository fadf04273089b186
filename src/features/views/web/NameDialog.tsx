import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { addView, listViews } from '#features/views/contract.ts'
import { useApiMutation } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { useMe } from '#web/session.ts'
import type { ViewsMenuProps } from './ViewsMenu.tsx'

type NameDialogProps = Pick<ViewsMenuProps, 'screen' | 'definition'> & { onClose: () => void }

/** Saves what is shown as a view under a name. */
export function NameDialog({ opened, ...form }: NameDialogProps & { opened: boolean }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={opened}
      onClose={form.onClose}
      title={t('views.save')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <NameForm {...form} />
    </Modal>
  )
}

function NameForm({ screen, definition, onClose }: NameDialogProps) {
  const { t } = useTranslation()
  const { role } = useMe()
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const save = useApiMutation(addView, { refreshes: [listViews], onSuccess: onClose })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') save.mutate({ screen, name, shared, definition: definition() })
      }}
    >
      <Stack>
        <TextInput
          label={t('views.name')}
          data-autofocus
          maxLength={100}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        {role === 'head' && (
          <Checkbox
            label={t('views.share')}
            checked={shared}
            onChange={({ currentTarget }) => setShared(currentTarget.checked)}
          />
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
            {t('shell.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
