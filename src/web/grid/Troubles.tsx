import { ActionIcon, Button, CloseButton, Collapse, Group, Text, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconExclamationCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { labelOf } from './columns.ts'
import classes from './grid.module.css'
import type { Trouble, Versioned } from './use-cell-writes.ts'

interface TroublesProps<Row extends Versioned> {
  troubles: readonly Trouble<Row>[]
  nameOf: (row: Row) => string
  onShow: (trouble: Trouble<Row>) => void
  onForget: (keys?: readonly string[]) => void
}

const mostListed = 200

/** Cells that were not written, below the table: where, what and why; each leads to its cell. */
export function Troubles<Row extends Versioned>({ troubles, nameOf, onShow, onForget }: TroublesProps<Row>) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(true)
  if (troubles.length === 0) return null
  return (
    <section className={classes.troubles} aria-label={t('grid.troubles-title')}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Group gap={6} wrap="nowrap" role="status">
          <IconExclamationCircle size={16} stroke={1.8} color="var(--bad)" />
          <Text size="sm" fw={500}>
            {t('grid.troubles', { count: troubles.length })}
          </Text>
        </Group>
        <Group gap={4} wrap="nowrap">
          <Button variant="subtle" size="compact-sm" onClick={() => onForget()}>
            {t('grid.troubles-forget')}
          </Button>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t(opened ? 'grid.troubles-fold' : 'grid.troubles-unfold')}
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          >
            {opened ? <IconChevronDown size={16} /> : <IconChevronUp size={16} />}
          </ActionIcon>
        </Group>
      </Group>
      <Collapse expanded={opened}>
        <ul className={classes.troubleList}>
          {troubles.slice(0, mostListed).map((trouble) => (
            <li key={trouble.key}>
              <UnstyledButton className={classes.trouble!} onClick={() => onShow(trouble)}>
                <b>{trouble.row ? nameOf(trouble.row) : t('grid.new-row')}</b>
                {`, ${trouble.column.title}: «${labelOf(trouble.column, trouble.text) || t('grid.blank')}» — `}
                <span className={classes.reason}>{trouble.message}</span>
              </UnstyledButton>
              <CloseButton
                size="sm"
                aria-label={t('grid.troubles-forget-one')}
                onClick={() => onForget([trouble.key])}
              />
            </li>
          ))}
        </ul>
      </Collapse>
    </section>
  )
}
