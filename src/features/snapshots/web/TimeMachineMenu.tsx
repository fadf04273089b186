import { Button, Popover, Text } from '@mantine/core'
import { IconHistoryToggle } from '@tabler/icons-react'
import { useState } from 'react'
import { withWords } from '#web/i18n/i18n.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import type { SnapshotFilter } from '#features/snapshots/contract.ts'
import { useBrought } from '#web/use-brought.ts'

const bringForm = async () => (await withWords(['snapshots'], import('./SnapshotMaking.tsx'))).SnapshotMaking

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
          title={t('clients.as-it-was-hint')}
          onClick={() => bring(() => setOpened(!opened))}
        >
          {t('clients.as-it-was')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm">
        <Text size="xs" c="dimmed" mb="sm">
          {t('clients.as-it-was-hint')}
        </Text>
        {Form && <Form filter={filter} onMade={() => setOpened(false)} />}
      </Popover.Dropdown>
    </Popover>
  )
}
