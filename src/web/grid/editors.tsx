import type { ProvideEditorComponent, TextCell } from '@glideapps/glide-data-grid'
import { Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type CellEdit, type Option, splitTags } from './columns.ts'
import classes from './grid.module.css'
import { type Movement, MOVEMENTS, type TypedAhead } from './typed-ahead.ts'

type Editor = ProvideEditorComponent<TextCell>
type EditorProps = Parameters<Editor>[0]

/** The editor of a column; one function per column, a new one would lose the state of an open editor. */
export function editorOf(edit: CellEdit<never>, typed: TypedAhead): Editor {
  const options = edit.options ?? []
  switch (edit.input) {
    case 'choice':
      return (props) => <ChoiceEditor {...props} options={options} typed={typed} />
    case 'tags':
      return (props) => <TagsEditor {...props} options={options} typed={typed} />
    case 'date':
      return DateEditor
    case 'text':
      return (props) => <TextEditor {...props} typed={typed} />
  }
}

/** The grid closes its editor on a click outside, except in elements of this class. */
const dropdown = {
  position: 'bottom-start',
  offset: 6,
  width: 240,
  zIndex: 10_000,
  classNames: { dropdown: 'click-outside-ignore' },
} as const

/** The overlay draws the frame. */
const bare = { variant: 'unstyled', className: classes.editor } as const

const withText = (cell: TextCell, text: string, shown = text): TextCell => ({
  ...cell,
  data: text,
  displayData: shown,
})

/** The text an editor starts with, and what is to be done once it stands. */
function useTypedStart(
  typed: TypedAhead,
  usual: string,
  onStart: (text: string, leave: Movement | undefined) => void,
) {
  const [start] = useState(() => typed.peek())
  useLayoutEffect(() => {
    const leave = typed.taken()
    if (start !== undefined) onStart(start, leave)
    // Only once, when the editor appears.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])
  return start ?? usual
}

/** After a double click the grid takes the focus back once more; the editor claims it in the next frame. */
function useFocus<E extends HTMLElement>() {
  const ref = useRef<E>(null)
  useEffect(() => {
    const claim = () => document.activeElement !== ref.current && ref.current?.focus()
    const frame = requestAnimationFrame(claim)
    return () => cancelAnimationFrame(frame)
  }, [])
  return ref
}

function TextEditor({ value, onChange, onFinishedEditing, typed }: EditorProps & { typed: TypedAhead }) {
  const start = useTypedStart(typed, value.data, (text, leave) => {
    onChange(withText(value, text))
    if (leave) onFinishedEditing(withText(value, text), leave)
  })
  const [text, setText] = useState(start)
  const change = (next: string) => {
    setText(next)
    onChange(withText(value, next))
  }
  useLayoutEffect(() => {
    typed.sendTo((letter) => change(text + letter))
    return () => typed.sendTo(undefined)
  })
  return (
    <Textarea
      {...bare}
      ref={useFocus<HTMLTextAreaElement>()}
      autoFocus
      autosize
      minRows={1}
      maxRows={8}
      value={text}
      onFocus={({ currentTarget }) =>
        currentTarget.setSelectionRange(currentTarget.value.length, currentTarget.value.length)
      }
      onChange={({ currentTarget }) => change(currentTarget.value)}
      // The overlay would wait a turn before it closes, and the letters of the next cell would fall in between.
      onKeyDown={(event) => {
        const leave = event.shiftKey ? undefined : MOVEMENTS[event.key]
        if (!leave) return
        event.preventDefault()
        event.stopPropagation()
        onFinishedEditing(withText(value, event.currentTarget.value), leave)
      }}
    />
  )
}

interface WithOptions extends EditorProps {
  options: readonly Option[]
  typed: TypedAhead
}

/** Choosing one of the options closes the cell at once. */
function ChoiceEditor({ value, onChange, onFinishedEditing, options, typed }: WithOptions) {
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
function TagsEditor({ value, onChange, options, typed }: WithOptions) {
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

/** The browser's own date field: it speaks the person's language and needs no code. */
function DateEditor({ value, onChange }: EditorProps) {
  return (
    <TextInput
      {...bare}
      ref={useFocus<HTMLInputElement>()}
      autoFocus
      type="date"
      value={value.data}
      onChange={({ currentTarget }) => onChange(withText(value, currentTarget.value))}
    />
  )
}
