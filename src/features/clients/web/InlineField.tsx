import { Text, Textarea, TextInput, UnstyledButton } from '@mantine/core'
import { type ReactNode, useContext, useRef, useState } from 'react'
import { CardLive } from './card-live.ts'
import classes from './card.module.css'
import { InlineList, type Listed } from './InlineList.tsx'
import { WaitingMark } from './WaitingMark.tsx'

interface InlineFieldProps {
  label: string
  /** Name of the field: others see who is in it, and an edit of it may wait for the line. */
  field?: string
  /** Text in the editor; the value of an option for a choice; tags joined by `;`. */
  value: string
  /** What is read while it is not edited; the value when absent. */
  shown?: ReactNode
  input?: 'text' | 'area' | 'date' | 'number' | Listed
  options?: { value: string; label: string }[]
  /** Shown under the editor while typing. */
  hint?: (text: string) => ReactNode
  readOnly?: boolean
  onSave: (text: string) => Promise<boolean>
}

const listed = ['choice', 'suggest', 'tags']
const isListed = (input: string): input is Listed => listed.includes(input)

/** A field that is read until it is clicked: Enter or leaving saves, Escape takes back. A refused value stays in the editor. */
export function InlineField({
  label,
  field,
  value,
  shown,
  input = 'text',
  options = [],
  hint,
  readOnly = false,
  onSave,
}: InlineFieldProps) {
  const card = useContext(CardLive)
  const [draft, setDraft] = useState<string | null>(null)
  const [pending, setPending] = useState(false)
  const isSaving = useRef(false)
  // What stood there when he began to type, and in which version: others may change it meanwhile.
  const [seen, setSeen] = useState({ value, version: card.version })
  const begin = () => {
    setSeen({ value, version: card.version })
    setDraft(value)
  }
  const finish = async (text: string) => {
    // A question about the save takes the focus away, which is no second save.
    if (isSaving.current) return
    if (text.trim() === seen.value.trim()) return setDraft(null)
    isSaving.current = true
    setPending(true)
    const saved = await card.asSeen(seen.version, () => onSave(text.trim()))
    isSaving.current = false
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
          {field !== undefined && card.waiting.has(field) && <WaitingMark />}
        </Text>
      </>
    )
    if (readOnly) return <div className={classes.field}>{reading}</div>
    const others = field === undefined ? undefined : card.present.get(field)
    return (
      <UnstyledButton
        className={classes.field}
        data-editable
        data-field={field}
        data-waiting={(field !== undefined && card.waiting.has(field)) || undefined}
        onClick={begin}
        {...(others && { style: { boxShadow: `0 0 0 2px ${others.colour}` } })}
      >
        {reading}
        {others && (
          <span className={classes.presentName} style={{ background: others.colour }}>
            {others.name}
          </span>
        )}
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
    <div className={classes.editor} data-field={field}>
      {isListed(input) && (
        <InlineList
          {...common}
          input={input}
          options={options}
          draft={draft}
          onDraft={setDraft}
          onFinish={(text) => void finish(text)}
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
