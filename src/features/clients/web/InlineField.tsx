import { Autocomplete, Select, TagsInput, Text, Textarea, TextInput, UnstyledButton } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import classes from './card.module.css'

interface InlineFieldProps {
  label: string
  /** Text in the editor; the value of an option for a choice; tags joined by `;`. */
  value: string
  /** What is read while it is not edited; the value when absent. */
  shown?: ReactNode
  input?: 'text' | 'area' | 'date' | 'number' | 'choice' | 'suggest' | 'tags'
  options?: { value: string; label: string }[]
  /** Shown under the editor while typing. */
  hint?: (text: string) => ReactNode
  readOnly?: boolean
  onSave: (text: string) => Promise<boolean>
}

/** A field that is read until it is clicked: Enter or leaving saves, Escape takes back. A refused value stays in the editor. */
export function InlineField({
  label,
  value,
  shown,
  input = 'text',
  options = [],
  hint,
  readOnly = false,
  onSave,
}: InlineFieldProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const [pending, setPending] = useState(false)
  const finish = async (text: string) => {
    if (text.trim() === value.trim()) return setDraft(null)
    setPending(true)
    const saved = await onSave(text.trim())
    setPending(false)
    if (saved) setDraft(null)
  }
  if (draft === null) {
    const reading = (
      <>
        <Text span className={classes.fieldLabel}>
          {label}
        </Text>
        <Text span className={classes.fieldValue} c={value === '' ? 'dimmed' : undefined}>
          {value === '' ? '—' : (shown ?? value)}
        </Text>
      </>
    )
    if (readOnly) return <div className={classes.field}>{reading}</div>
    return (
      <UnstyledButton className={classes.field} data-editable onClick={() => setDraft(value)}>
        {reading}
      </UnstyledButton>
    )
  }
  const common = {
    label,
    size: 'xs' as const,
    autoFocus: true,
    disabled: pending,
    onKeyDown: (event: {
      key: string
      preventDefault: () => void
      stopPropagation: () => void
      shiftKey: boolean
    }) => {
      if (event.key === 'Escape') {
        event.stopPropagation()
        setDraft(null)
      }
      if (
        event.key === 'Enter' &&
        !(input === 'area' && event.shiftKey) &&
        input !== 'choice' &&
        input !== 'tags'
      ) {
        event.preventDefault()
        void finish(draft)
      }
    },
  }
  return (
    <div className={classes.editor}>
      {input === 'choice' && (
        <Select
          {...common}
          data={options}
          value={draft || null}
          searchable
          clearable
          defaultDropdownOpened
          onChange={(next) => void finish(next ?? '')}
          onBlur={() => setDraft(null)}
        />
      )}
      {input === 'suggest' && (
        <Autocomplete
          {...common}
          data={options.map((option) => option.label)}
          value={draft}
          onChange={setDraft}
          onBlur={() => void finish(draft)}
        />
      )}
      {input === 'tags' && (
        <TagsInput
          {...common}
          data={options.map((option) => option.label)}
          value={draft
            .split(';')
            .map((tag) => tag.trim())
            .filter(Boolean)}
          onChange={(tags) => setDraft(tags.join(';'))}
          onBlur={() => void finish(draft)}
        />
      )}
      {input === 'area' && (
        <Textarea
          {...common}
          autosize
          minRows={3}
          maxRows={14}
          value={draft}
          onChange={({ currentTarget }) => setDraft(currentTarget.value)}
          onBlur={() => void finish(draft)}
        />
      )}
      {(input === 'text' || input === 'date' || input === 'number') && (
        <TextInput
          {...common}
          type={input}
          value={draft}
          onChange={({ currentTarget }) => setDraft(currentTarget.value)}
          onBlur={() => void finish(draft)}
        />
      )}
      {hint?.(draft)}
    </div>
  )
}
