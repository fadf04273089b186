import { Select, TagsInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { type Option, splitTags } from './columns.ts'
import { bare, type EditorProps, useFocus, useTypedStart, withText } from './editor-kit.ts'
import type { TypedAhead } from './typed-ahead.ts'

/** The grid closes its editor on a click outside, except in elements of this class. */
const dropdown = {
  position: 'bottom-start',
  offset: 6,
  width: 240,
  zIndex: 10_000,
  classNames: { dropdown: 'click-outside-ignore' },
} as const

export interface WithOptions extends EditorProps {
  options: readonly Option[]
  typed: TypedAhead
}

/** Choosing one of the options closes the cell at once. */
export function ChoiceEditor({ value, onChange, onFinishedEditing, options, typed }: WithOptions) {
  const shown = labelOf(options, value.data)
  const start = useTypedStart(typed, shown, () => {})
  const [search, setSearch] = useState(start)
  // The list clears a search without a value when it appears; this runs after it.
  // oxlint-disable-next-line react/set-state-in-effect
  useEffect(() => setSearch(start), [start])
  return (
    <Select
      {...bare}
      ref={useFocus<HTMLInputElement>()}
      autoFocus
      searchable
      clearable
      defaultDropdownOpened
      selectFirstOptionOnChange
      data={[...options]}
      value={start === shown ? value.data : null}
      searchValue={search}
      onSearchChange={setSearch}
      comboboxProps={dropdown}
      onChange={(chosen) => {
        const next = withText(value, chosen ?? '', labelOf(options, chosen ?? ''))
        onChange(next)
        onFinishedEditing(next, [0, 1])
      }}
    />
  )
}

const labelOf = (options: readonly Option[], value: string) =>
  options.find((option) => option.value === value)?.label ?? ''

/** Chips with suggestions from the options; a new word is allowed. */
export function TagsEditor({ value, onChange, options, typed }: WithOptions) {
  const [search, setSearch] = useState(useTypedStart(typed, '', () => {}))
  const tags = splitTags(value.data)
  const change = (next: string[]) => onChange(withText(value, splitTags(next.join(',')).join(', ')))
  return (
    <TagsInput
      {...bare}
      ref={useFocus<HTMLInputElement>()}
      autoFocus
      data={options.map((option) => option.label)}
      value={tags}
      searchValue={search}
      onSearchChange={setSearch}
      // Enter adds the word being typed; only the next one leaves the cell.
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || search.trim() === '') return
        event.stopPropagation()
        event.preventDefault()
        change([...tags, search.trim()])
        setSearch('')
      }}
      acceptValueOnBlur
      comboboxProps={dropdown}
      onChange={change}
    />
  )
}
