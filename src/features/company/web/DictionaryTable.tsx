import { Button, Group, Table, Text, TextInput, VisuallyHidden } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'

interface Row {
  id: string
  name: string
}

interface DictionaryTableProps<R extends Row> {
  rows: R[]
  onRename: (row: R, name: string) => void
  onAdd: (name: string) => Promise<unknown>
  renderActions: (row: R) => ReactNode
  extraTitle?: string | undefined
  renderExtra?: ((row: R) => ReactNode) | undefined
}

/** A short list the head edits in place: names, something more about each, a line to add one. */
export function DictionaryTable<R extends Row>({
  rows,
  onRename,
  onAdd,
  renderActions,
  extraTitle,
  renderExtra,
}: DictionaryTableProps<R>) {
  const { t } = useTranslation()
  return (
    <>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('company.list-empty')}
        </Text>
      ) : (
        <Table withRowBorders={false} layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('company.value')}</Table.Th>
              {renderExtra && <Table.Th>{extraTitle}</Table.Th>}
              <Table.Th w={48}>
                <VisuallyHidden>{t('people.actions')}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.id}>
                <Table.Td>
                  <NameField name={row.name} onRename={(name) => onRename(row, name)} />
                </Table.Td>
                {renderExtra && <Table.Td>{renderExtra(row)}</Table.Td>}
                <Table.Td>{renderActions(row)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <NewValue onAdd={onAdd} />
    </>
  )
}

/** Saved when left; a blank name comes back as it was. */
function NameField({ name, onRename }: { name: string; onRename: (name: string) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState(name)
  const save = () => {
    const trimmed = text.trim()
    if (trimmed !== '' && trimmed !== name) onRename(trimmed)
    else setText(name)
  }
  return (
    <TextInput
      aria-label={t('company.value')}
      value={text}
      maxLength={100}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  )
}

function NewValue({ onAdd }: { onAdd: (name: string) => Promise<unknown> }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [pending, setPending] = useState(false)
  const add = async (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return
    setPending(true)
    try {
      await onAdd(text.trim())
      setText('')
    } catch {
      // The mutation has said it; what was typed stays.
    } finally {
      setPending(false)
    }
  }
  return (
    <form onSubmit={(event) => void add(event)}>
      <Group gap="sm">
        <TextInput
          aria-label={t('company.new-value')}
          placeholder={t('company.new-value')}
          value={text}
          maxLength={100}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={pending}>
          {t('people.add')}
        </Button>
      </Group>
    </form>
  )
}
