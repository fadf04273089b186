import { ActionIcon, Button, Group, Menu } from '@mantine/core'
import { IconBookmark, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { deleteView, listViews, type View } from '#features/views/contract.ts'
import { query, useApiMutation } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { useEver } from '#web/use-ever.ts'

const NameDialog = lazy(async () => ({ default: (await import('./NameDialog.tsx')).NameDialog }))

export interface ViewsMenuProps {
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
  const everNamed = useEver(naming)
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
      <Suspense fallback={null}>
        {everNamed && (
          <NameDialog
            opened={naming}
            screen={screen}
            definition={definition}
            onClose={() => setNaming(false)}
          />
        )}
      </Suspense>
    </>
  )
}
