import type { ProvideEditorComponent, TextCell } from '@glideapps/glide-data-grid'
import { Select, TagsInput, TextInput } from '@mantine/core'
import type { Option } from './columns.ts'

type Editor = ProvideEditorComponent<TextCell>

/** Dropdowns must open inside the grid's own overlay, or a click in them would close it. */
const inOverlay = { withinPortal: false, position: 'bottom-start' } as const

/** Choosing one of the options closes the cell at once. */
export const choiceEditor =
  (options: readonly Option[]): Editor =>
  ({ value, initialValue, onChange, onFinishedEditing }) => (
    <Select
      autoFocus
      searchable
      clearable
      defaultDropdownOpened
      data={[...options]}
      value={value.data}
      defaultSearchValue={initialValue ?? labelOf(options, value.data)}
      comboboxProps={inOverlay}
      onChange={(chosen) => {
        const next = { ...value, data: chosen ?? '', displayData: labelOf(options, chosen ?? '') }
        onChange(next)
        onFinishedEditing(next, [0, 1])
      }}
    />
  )

const labelOf = (options: readonly Option[], value: string) =>
  options.find((option) => option.value === value)?.label ?? ''

/** Chips with suggestions from the options; a new word is allowed. */
export const tagsEditor =
  (options: readonly Option[]): Editor =>
  ({ value, onChange }) => (
    <TagsInput
      autoFocus
      data={options.map((option) => option.label)}
      value={value.data === '' ? [] : value.data.split(', ')}
      comboboxProps={inOverlay}
      onChange={(tags) => onChange({ ...value, data: tags.join(', '), displayData: tags.join(', ') })}
    />
  )

/** The browser's own date field: it speaks the person's language and needs no code. */
export const dateEditor: Editor = ({ value, onChange }) => (
  <TextInput
    autoFocus
    type="date"
    value={value.data}
    onChange={({ currentTarget }) =>
      onChange({ ...value, data: currentTarget.value, displayData: currentTarget.value })
    }
  />
)
