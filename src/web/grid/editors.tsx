import { Textarea, TextInput } from '@mantine/core'
import { useEffect, useLayoutEffect, useState } from 'react'
import type { CellEdit } from './columns.ts'
import { bare, type Editor, type EditorProps, useFocus, useTypedStart, withText } from './editor-kit.ts'
import type { WithOptions } from './list-editors.tsx'
import { movementOf, type TypedAhead } from './typed-ahead.ts'

/** The editor of a column; one function per column, a new one would lose the state of an open editor. */
export function editorOf(edit: CellEdit<never>, typed: TypedAhead): Editor {
  const options = edit.options ?? []
  switch (edit.input) {
    case 'choice':
      return (props) => <ListEditor {...props} name="ChoiceEditor" options={options} typed={typed} />
    case 'tags':
      return (props) => <ListEditor {...props} name="TagsEditor" options={options} typed={typed} />
    case 'date':
      return DateEditor
    case 'text':
    case 'number':
      return (props) => <TextEditor {...props} typed={typed} />
  }
}

let lists: typeof import('./list-editors.tsx') | undefined

/** Downloads the editors with lists, a tenth of the whole table: when a cell is first selected, before anybody types in it. */
export const bringListEditors = async () => {
  lists ??= await import('./list-editors.tsx')
}

/** What is typed before it is there waits in `typed`. Not `lazy`: React would hold even a downloaded one back. */
function ListEditor({ name, ...props }: WithOptions & { name: 'ChoiceEditor' | 'TagsEditor' }) {
  const [, setBrought] = useState(false)
  useEffect(() => {
    if (!lists) void bringListEditors().then(() => setBrought(true))
  }, [])
  const Editor = lists?.[name]
  return Editor ? <Editor {...props} /> : null
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
        const leave = movementOf(event)
        if (!leave) return
        event.preventDefault()
        event.stopPropagation()
        if (event.key === 'Enter' && event.altKey) {
          const { selectionStart, selectionEnd } = event.currentTarget
          event.currentTarget.setRangeText('\n', selectionStart, selectionEnd, 'end')
          change(event.currentTarget.value)
        } else onFinishedEditing(withText(value, event.currentTarget.value), leave)
      }}
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
