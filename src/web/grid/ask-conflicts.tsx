import { Button, Group, ScrollArea, SegmentedControl, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { t } from '#web/i18n/translation.ts'
import { bringModals } from '#web/layout/modals.ts'
import { labelOf } from './columns.ts'
import type { Conflict, WantedCell } from './use-cell-writes.ts'

/** Asks whose value stays in cells that others changed meanwhile. @returns what is to be written after all; closed without an answer: nothing */
export async function askConflicts<Row>(
  conflicts: readonly Conflict<Row>[],
  nameOf: (row: Row) => string,
): Promise<WantedCell<Row>[]> {
  const modals = await bringModals()
  return new Promise((resolve) => {
    const id = modals.open({
      title: t('grid.conflict-title', { count: conflicts.length }),
      size: 'xl',
      closeButtonProps: { 'aria-label': t('shell.close') },
      onClose: () => resolve([]),
      children: (
        <Conflicts
          conflicts={conflicts}
          nameOf={nameOf}
          onAnswer={(whose) => {
            resolve(conflicts.flatMap((conflict, at) => decided(conflict, whose(at))))
            modals.close(id)
          }}
        />
      ),
    })
  })
}

type Whose = 'mine' | 'theirs' | 'before'

function decided<Row>({ row, column, text, before }: Conflict<Row>, whose: Whose): WantedCell<Row>[] {
  if (whose === 'theirs') return []
  return [{ row, column, text: whose === 'mine' ? text : (before ?? text) }]
}

/** More than these are decided together. */
const mostListed = 100

interface ConflictsProps<Row> {
  conflicts: readonly Conflict<Row>[]
  nameOf: (row: Row) => string
  onAnswer: (whose: (at: number) => Whose) => void
}

function Conflicts<Row>({ conflicts, nameOf, onAnswer }: ConflictsProps<Row>) {
  const [chosen, setChosen] = useState<ReadonlyMap<number, Whose>>(new Map())
  const shown = (text: string | null) => (text === null ? '—' : text || t('grid.blank'))
  const choices = (before: string | null) => [
    { value: 'theirs', label: t('grid.conflict-theirs') },
    { value: 'mine', label: t('grid.conflict-mine') },
    ...(before === null ? [] : [{ value: 'before', label: t('grid.conflict-before') }]),
  ]
  return (
    <Stack>
      <Text size="sm">{t('grid.conflict-text')}</Text>
      <ScrollArea.Autosize mah="50vh">
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('grid.conflict-cell')}</Table.Th>
              <Table.Th>{t('grid.conflict-before')}</Table.Th>
              <Table.Th>{t('grid.conflict-now')}</Table.Th>
              <Table.Th>{t('grid.conflict-yours')}</Table.Th>
              <Table.Th>{t('grid.conflict-keep')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {conflicts.slice(0, mostListed).map(({ row, column, text, current, before }, at) => (
              <Table.Tr key={at}>
                <Table.Td>{`${nameOf(row)}, ${column.title}`}</Table.Td>
                <Table.Td>{shown(before)}</Table.Td>
                <Table.Td>{shown(current)}</Table.Td>
                <Table.Td>{shown(labelOf(column, text))}</Table.Td>
                <Table.Td>
                  <SegmentedControl
                    size="xs"
                    aria-label={`${nameOf(row)}, ${column.title}`}
                    value={chosen.get(at) ?? 'theirs'}
                    onChange={(whose) => setChosen(new Map([...chosen, [at, whose as Whose]]))}
                    data={choices(before)}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      <Group justify="flex-end">
        {conflicts.length > 1 && (
          <>
            <Button variant="default" onClick={() => onAnswer(() => 'theirs')}>
              {t('grid.conflict-all-theirs')}
            </Button>
            <Button variant="default" onClick={() => onAnswer(() => 'mine')}>
              {t('grid.conflict-all-mine')}
            </Button>
          </>
        )}
        <Button onClick={() => onAnswer((at) => chosen.get(at) ?? 'theirs')}>
          {t('grid.conflict-chosen')}
        </Button>
      </Group>
    </Stack>
  )
}
