import { Alert, Button, Group, Stack, Textarea } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import type { Activity } from '#features/activities/contract.ts'
import { dayAfter, momentOf, todayIn, type Wall } from '#features/activities/when.ts'
import { useMe } from '#web/session.ts'
import { failureOf } from './failure.ts'
import { OutcomePicker } from './OutcomePicker.tsx'
import { useCompleteActivity, useCreateActivity } from './use-activity-acts.ts'
import { useOutcomes } from './use-outcomes.ts'
import { WhenPicker } from './WhenPicker.tsx'

interface NextStep {
  text: string
  when: Wall
}

/** «Сделано» with what came of it, and the next step with the same client in one go. */
export function DoneForm({ activity, onClose }: { activity: Activity; onClose: () => void }) {
  const { t } = useTranslation()
  const zone = useMe().company.timeZone
  const [result, setResult] = useState('')
  const [outcome, setOutcome] = useState<string | null>(null)
  const resultField = useRef<HTMLTextAreaElement>(null)
  const hasOutcomes = useOutcomes(activity.kind).length > 0
  const [next, setNext] = useState<NextStep | null>(null)
  const complete = useCompleteActivity(onClose)
  const finish = () => complete.mutate({ id: activity.id, result, outcome })
  // The next step first: if it cannot be written, the old one is still open and nothing is lost.
  const plan = useCreateActivity(() => {
    setNext(null)
    finish()
  })
  const send = () => {
    if (!next) return finish()
    const { clientId, personId, contactId, userId, kind } = activity
    plan.mutate({
      clientId,
      personId,
      contactId,
      userId,
      kind,
      text: next.text,
      dueAt: momentOf(next.when, zone),
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      send()
    }
    if (event.key === 'Escape') {
      event.stopPropagation()
      onClose()
    }
  }
  return (
    <Stack
      gap={6}
      mt={6}
      onKeyDown={(event) => {
        if (event.target instanceof HTMLElement && event.target.role === 'group') onKeyDown(event)
      }}
    >
      <OutcomePicker
        kind={activity.kind}
        value={outcome}
        onChange={setOutcome}
        autoFocus
        onChosen={() => resultField.current?.focus()}
      />
      <Textarea
        ref={resultField}
        aria-label={t('activities.result-label')}
        placeholder={t('activities.ask-result')}
        autosize
        autoFocus={!hasOutcomes}
        maxRows={8}
        maxLength={20_000}
        value={result}
        onChange={(event) => setResult(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {next && (
        <>
          <Textarea
            aria-label={t('activities.next-step')}
            placeholder={t('activities.ask-next')}
            autosize
            autoFocus
            maxRows={8}
            maxLength={20_000}
            value={next.text}
            onChange={(event) => setNext({ ...next, text: event.currentTarget.value })}
            onKeyDown={onKeyDown}
          />
          <WhenPicker value={next.when} onChange={(when) => setNext({ ...next, when })} zone={zone} />
        </>
      )}
      {plan.error && (
        <Alert color="red" variant="light" role="alert" p="sm">
          {failureOf(plan.error)}
        </Alert>
      )}
      <Group gap="sm">
        <Button size="compact-sm" onClick={send} loading={plan.isPending || complete.isPending}>
          {t('activities.done-act')}
        </Button>
        {!next && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => setNext({ text: '', when: { day: dayAfter(todayIn(zone), 1), time: null } })}
          >
            {t('activities.next-step')}
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={onClose}>
          {t('shell.cancel')}
        </Button>
      </Group>
    </Stack>
  )
}
