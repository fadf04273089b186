import { Alert, Button, Drawer, Select, Stack, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { problemOf } from '#web/problem.ts'
import { type CellEdit, splitTags } from './columns.ts'

/** A cell as a field of the form. */
export interface SheetField {
  id: string
  title: string
  edit: Pick<CellEdit<never>, 'input' | 'options'>
  /** What stands in it when the sheet opens. */
  text: string
}

interface EditSheetProps {
  /** What the row is called. */
  title: string
  fields: readonly SheetField[]
  onClose: () => void
  /** Saves the texts that were changed, by field; answers with what could not be saved. */
  onSave: (changed: ReadonlyMap<string, string>) => Promise<string | undefined>
}

/** The cells of one row as a form over the list, for fingers: what cannot be saved stays with its reason. */
export function EditSheet({ title, fields, onClose, onSave }: EditSheetProps) {
  const { t } = useTranslation()
  const [texts, setTexts] = useState(() => new Map(fields.map(({ id, text }) => [id, text])))
  const [failure, setFailure] = useState<string>()
  const [saving, setSaving] = useState(false)
  const save = async () => {
    const changed = new Map(
      fields.flatMap(({ id, text }) => (texts.get(id) === text ? [] : [[id, texts.get(id) ?? '']])),
    )
    if (changed.size === 0) return onClose()
    setSaving(true)
    setFailure(undefined)
    try {
      const trouble = await onSave(changed)
      if (trouble) setFailure(trouble)
      else onClose()
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
          {fields.map((field) => (
            <Field
              key={field.id}
              field={field}
              text={texts.get(field.id) ?? ''}
              onText={(text) => setTexts(new Map(texts).set(field.id, text))}
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

interface FieldProps {
  field: SheetField
  text: string
  onText: (text: string) => void
}

function Field({ field: { title, edit }, text, onText }: FieldProps) {
  const { t } = useTranslation()
  switch (edit.input) {
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
