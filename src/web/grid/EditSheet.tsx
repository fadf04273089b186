import { Alert, Button, Drawer, Select, Stack, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { problemOf } from '#web/problem.ts'
import { type Column, splitTags } from './columns.ts'

interface EditSheetProps<Row> {
  /** What the row is called. */
  title: string
  row: Row
  /** Those that can be edited, in the person's order. */
  columns: readonly Column<Row>[]
  onClose: () => void
  /** Saves the texts that were changed, by column. */
  onSave: (changed: ReadonlyMap<Column<Row>, string>) => Promise<unknown>
}

/** The cells of one row as a form over the list, for fingers: what cannot be saved stays with its reason. */
export function EditSheet<Row>({ title, row, columns, onClose, onSave }: EditSheetProps<Row>) {
  const { t } = useTranslation()
  const [texts, setTexts] = useState(() => new Map(columns.map((column) => [column, textOf(column, row)])))
  const [failure, setFailure] = useState<string>()
  const [saving, setSaving] = useState(false)
  const changed = new Map([...texts].filter(([column, text]) => text !== textOf(column, row)))
  const save = async () => {
    setSaving(true)
    setFailure(undefined)
    try {
      if (changed.size > 0) await onSave(changed)
      onClose()
    } catch (error) {
      setFailure(problemOf(error).message)
    } finally {
      setSaving(false)
    }
  }
  return (
    <Drawer
      opened
      position="bottom"
      size="85%"
      title={title}
      onClose={onClose}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Stack gap="sm">
          {columns.map((column) => (
            <Field
              key={column.id}
              column={column}
              text={texts.get(column) ?? ''}
              onText={(text) => setTexts(new Map(texts).set(column, text))}
            />
          ))}
          {failure && (
            <Alert color="red" role="alert">
              {failure}
            </Alert>
          )}
          <Button type="submit" size="md" loading={saving}>
            {t('shell.save')}
          </Button>
        </Stack>
      </form>
    </Drawer>
  )
}

interface FieldProps<Row> {
  column: Column<Row>
  text: string
  onText: (text: string) => void
}

function Field<Row>({ column: { title, edit }, text, onText }: FieldProps<Row>) {
  const { t } = useTranslation()
  switch (edit?.input) {
    case 'choice':
      return (
        <Select
          size="md"
          label={title}
          clearable
          searchable
          nothingFoundMessage={t('palette.nothing')}
          data={[...(edit.options ?? [])]}
          value={text || null}
          onChange={(value) => onText(value ?? '')}
        />
      )
    case 'tags':
      return (
        <TagsInput
          size="md"
          label={title}
          acceptValueOnBlur
          data={edit.options?.map((option) => option.label) ?? []}
          value={splitTags(text)}
          onChange={(tags) => onText(splitTags(tags.join(',')).join(', '))}
        />
      )
    case 'date':
      return (
        <TextInput
          size="md"
          type="date"
          label={title}
          value={text}
          onChange={({ currentTarget }) => onText(currentTarget.value)}
        />
      )
    default:
      return (
        <Textarea
          size="md"
          label={title}
          autosize
          minRows={1}
          maxRows={6}
          value={text}
          onChange={({ currentTarget }) => onText(currentTarget.value)}
        />
      )
  }
}

/** What stands in the editor when it opens. */
const textOf = <Row,>({ edit, text }: Column<Row>, row: Row): string => (edit?.text ?? text)(row)
