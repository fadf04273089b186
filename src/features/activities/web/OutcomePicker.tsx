import { Button, Group } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import type { ActivityKind } from '#features/activities/contract.ts'
import classes from './timeline.module.css'
import { useOutcomes } from './use-outcomes.ts'

interface OutcomePickerProps {
  kind: ActivityKind
  value: string | null
  onChange: (outcome: string | null, reached: boolean | null) => void
  /** The keyboard is here at once: a digit chooses. */
  autoFocus?: boolean
  /** After a choice by digit. */
  onChosen?: () => void
}

/** How it ended, by one click or one digit; nothing where the head offers no outcome for this kind. */
export function OutcomePicker({ kind, value, onChange, autoFocus = false, onChosen }: OutcomePickerProps) {
  const { t } = useTranslation()
  const outcomes = useOutcomes(kind)
  const group = useRef<HTMLDivElement>(null)
  const some = outcomes.length > 0
  useEffect(() => {
    if (autoFocus && some) group.current?.focus()
  }, [autoFocus, some])
  if (!some) return null
  const choose = (index: number) => {
    const outcome = outcomes[index]
    if (!outcome) return false
    onChange(value === outcome.name ? null : outcome.name, outcome.reached)
    return true
  }
  return (
    <Group
      ref={group}
      gap={6}
      role="group"
      tabIndex={-1}
      className={classes.outcomes!}
      aria-label={t('activities.outcome')}
      // A dialog takes the focus when it is opened: to here, not to its first button.
      data-autofocus={autoFocus || undefined}
      onKeyDown={(event) => {
        const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1]
        if (!digit || event.ctrlKey || event.altKey || event.metaKey) return
        if (!choose(Number(digit) - 1)) return
        event.preventDefault()
        onChosen?.()
      }}
    >
      {outcomes.map(({ id, name }, index) => (
        <Button
          key={id}
          size="compact-sm"
          variant={value === name ? 'light' : 'default'}
          aria-pressed={value === name}
          onClick={() => choose(index)}
          {...(autoFocus && {
            leftSection: (
              <kbd className={classes.digit} aria-hidden="true">
                {index + 1}
              </kbd>
            ),
          })}
        >
          {name}
        </Button>
      ))}
    </Group>
  )
}
