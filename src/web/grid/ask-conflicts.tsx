import { Button, Group, ScrollArea, SegmentedControl, Stack, Table, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { t } from '#web/i18n/translation.ts'
import { useState } from 'react'
import { labelOf } from './columns.ts'
import type { Conflict } from './use-cell-writes.ts'

/** Asks whose value stays in cells that others changed meanwhile. @returns those where the person's own shall stay */
export const askConflicts = <Row,>(conflicts: readonly Conflict<Row>[]): Promise<Conflict<Row>[]> =>
  new Promise((resolve) => {
    const answer = (mine: Conflict<Row>[]) => {
      resolve(mine)
      modals.close(id)
    }
    const id = modals.open({
      title: t('grid.conflict-title', { count: conflicts.length }),
      size: 'xl',
      closeButtonProps: { 'aria-label': t('shell.close') },
      onClose: () => resolve([]),
      children: <Conflicts conflicts={conflicts} onAnswer={answer} />,
    })
  })

interface ConflictsProps<Row> {
  conflicts: readonly Conflict<Row>[]
  onAnswer: (mine: Conflict<Row>[]) => void
}

function Conflicts<Row>({ conflicts, onAnswer }: ConflictsProps<Row>) {
  const [mine, setMine] = useState<ReadonlySet<number>>(new Set())
  const choose = (at: number, isMine: boolean) =>
    setMine((old) => new Set(isMine ? [...old, at] : [...old].filter((other) => other !== at)))
  const shown = (text: string | null) => (text === null ? '—' : text || t('grid.blank'))
  return (
    <Stack>
      <Text size="sm">{t('grid.conflict-text')}</Text>
      <ScrollArea.Autosize mah="50vh">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('grid.conflict-cell')}</Table.Th>
              <Table.Th>{t('grid.conflict-was')}</Table.Th>
              <Table.Th>{t('grid.conflict-now')}</Table.Th>
              <Table.Th>{t('grid.conflict-yours')}</Table.Th>
              {conflicts.length > 1 && <Table.Th>{t('grid.conflict-keep')}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {conflicts.map(({ row, column, text, current, before }, at) => (
              <Table.Tr key={at}>
                <Table.Td>{column.title}</Table.Td>
                <Table.Td>{shown(before)}</Table.Td>
                <Table.Td>{shown(current)}</Table.Td>
                <Table.Td>{shown(labelOf(column, text))}</Table.Td>
                {conflicts.length > 1 && (
                  <Table.Td>
                    <SegmentedControl
                      size="xs"
                      aria-label={`${column.title}: ${column.text(row)}`}
                      value={mine.has(at) ? 'mine' : 'theirs'}
                      onChange={(value) => choose(at, value === 'mine')}
                      data={[
                        { value: 'theirs', label: t('grid.conflict-theirs-one') },
                        { value: 'mine', label: t('grid.conflict-mine-one') },
                      ]}
                    />
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => onAnswer([])}>
          {t('grid.conflict-theirs')}
        </Button>
        <Button
          variant={conflicts.length > 1 ? 'default' : 'filled'}
          onClick={() => onAnswer([...conflicts])}
        >
          {t('grid.conflict-mine')}
        </Button>
        {conflicts.length > 1 && (
          <Button onClick={() => onAnswer(conflicts.filter((_, at) => mine.has(at)))}>
            {t('grid.conflict-chosen')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
