import { Autocomplete, Select, TagsInput } from '@mantine/core'
import type { KeyboardEvent } from 'react'

/** Editors with a list: one of these values, a value of one's own or a suggested one, several. */
export type Listed = 'choice' | 'suggest' | 'tags'

interface InlineListProps {
  input: Listed
  options: { value: string; label: string }[]
  /** Null is no draft: the field is read again. */
  draft: string
  onDraft: (text: string | null) => void
  onFinish: (text: string) => void
  label: string
  size: 'xs'
  autoFocus: boolean
  disabled: boolean
  onKeyDown: (event: KeyboardEvent) => void
}

/** The editor of a field that has a list to choose from. */
export function InlineList({ input, options, draft, onDraft, onFinish, ...common }: InlineListProps) {
  if (input === 'choice') {
    return (
      <Select
        {...common}
        data={options}
        value={draft || null}
        searchable
        clearable
        defaultDropdownOpened
        onChange={(next) => onFinish(next ?? '')}
        onBlur={() => onDraft(null)}
      />
    )
  }
  const labels = options.map((option) => option.label)
  if (input === 'suggest') {
    return (
      <Autocomplete
        {...common}
        data={labels}
        value={draft}
        onChange={onDraft}
        onBlur={() => onFinish(draft)}
      />
    )
  }
  return (
    <TagsInput
      {...common}
      data={labels}
      value={draft
        .split(';')
        .map((tag) => tag.trim())
        .filter(Boolean)}
      onChange={(tags) => onDraft(tags.join(';'))}
      onBlur={() => onFinish(draft)}
    />
  )
}
