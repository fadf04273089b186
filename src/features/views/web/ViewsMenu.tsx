import { ActionIcon, Button, Checkbox, Group, Menu, Modal, Stack, TextInput } from '@mantine/core'
import { IconBookmark, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addView, deleteView, listViews, type View } from '#features/views/contract.ts'
import { query, useApiMutation } from '#web/api.ts'
import { useMe } from '#web/session.ts'

interface ViewsMenuProps {
  screen: View['screen']
  /** What a new view keeps: the screen as it stands. */
  definition: () => Record<string, unknown>
  onOpen: (view: View) => void
  /** What the button says: the views of a table, the presets of a report. */
  label: string
}

/** Saved views: open, save what is shown under a name (the head may share it), delete. */
export function ViewsMenu({ screen, definition, onOpen, label }: ViewsMenuProps) {
  const { t } = useTranslation()
  const views = useQuery(query(listViews, { screen })).data ?? []
  const [naming, setNaming] = useState(false)
  const remove = useApiMutation(deleteView, { refreshes: [listViews] })
  const group = (shared: boolean) => views.filter((view) => view.shared === shared)
  return (
    <>
      <Menu position="bottom-start" width={280}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={16} stroke={1.6} />}>
            {label}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {[false, true].map(
            (shared) =>
              group(shared).length > 0 && (
                <div key={String(shared)}>
                  <Menu.Label>{t(shared ? 'views.shared' : 'views.own')}</Menu.Label>
                  {group(shared).map((view) => (
                    <Group key={view.id} gap={0} wrap="nowrap">
                      <Menu.Item onClick={() => onOpen(view)}>{view.name}</Menu.Item>
                      {view.mine && (
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          aria-label={t('views.delete', { name: view.name })}
                          onClick={() => remove.mutate({ id: view.id })}
                        >
                          <IconTrash size={15} stroke={1.6} />
                        </ActionIcon>
                      )}
                    </Group>
                  ))}
                </div>
              ),
          )}
          {views.length > 0 && <Menu.Divider />}
          <Menu.Item onClick={() => setNaming(true)}>{t('views.save')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={naming}
        onClose={() => setNaming(false)}
        title={t('views.save')}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
      >
        <NameForm screen={screen} definition={definition} onDone={() => setNaming(false)} />
      </Modal>
    </>
  )
}

function NameForm({
  screen,
  definition,
  onDone,
}: Pick<ViewsMenuProps, 'screen' | 'definition'> & { onDone: () => void }) {
  const { t } = useTranslation()
  const { role } = useMe()
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const save = useApiMutation(addView, { refreshes: [listViews], onSuccess: onDone })
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
