import { Button, Popover, Text } from '@mantine/core'
import { IconHistoryToggle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import type { SnapshotFilter } from '#features/snapshots/contract.ts'
import { useBrought } from '#web/use-brought.ts'

const bringForm = async () => (await import('./SnapshotMaking.tsx')).SnapshotMaking

/** «Как было…» by the filter of the base: the same list at a moment of the past. */
export function TimeMachineMenu({ filter }: { filter: SnapshotFilter }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const [Form, bring] = useBrought(bringForm)
  return (
    <Popover opened={opened} onChange={setOpened} width={340} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="compact-md"
          fw={400}
          leftSection={<IconHistoryToggle size={15} stroke={1.6} />}
          title={t('snapshots.menu-hint')}
          onClick={() => bring(() => setOpened(!opened))}
        >
          {t('snapshots.menu')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm">
        <Text size="xs" c="dimmed" mb="sm">
          {t('snapshots.menu-hint')}
        </Text>
        {Form && <Form filter={filter} onMade={() => setOpened(false)} />}
      </Popover.Dropdown>
    </Popover>
  )
}
