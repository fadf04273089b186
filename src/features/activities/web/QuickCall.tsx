import { Alert, Button, Checkbox, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import type { Activity } from '#features/activities/contract.ts'
import { dayAfter, momentOf, nextMonday, todayIn, wallOf, type Wall } from '#features/activities/when.ts'
import { getClient, type Client } from '#features/clients/contract.ts'
import { query } from '#web/api.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { useMe } from '#web/session.ts'
import { ContactSelect, reachableOf } from './ContactSelect.tsx'
import { failureOf } from './failure.ts'
import { clientNow } from './client-now.ts'
import { OutcomePicker } from './OutcomePicker.tsx'
import { closeQuickCall, type QuickCallRequest } from './quick-call.ts'
import { useActivities } from './use-activities.ts'
import { useCompleteActivity, useCreateActivity, useLogCall } from './use-activity-acts.ts'
import { useOutcomes } from './use-outcomes.ts'
import { WhenPicker } from './WhenPicker.tsx'

/** A call in one go: the phone is chosen, a digit says how it ended, Enter writes it down. */
export function QuickCall({ request }: { request: QuickCallRequest }) {
  const { t } = useTranslation()
  const zone = useMe().company.timeZone
  const client = useQuery(query(getClient, { id: request.clientId }))
  const today = todayIn(zone)
  const open = useActivities({
    client: request.clientId,
    user: ['me'],
    open: true,
    kind: ['call'],
    to: today,
    limit: 1,
  })
  const planned = request.planned ?? open.data?.pages[0]?.items[0] ?? null
  return (
    <Modal
      opened
      onClose={closeQuickCall}
      title={client.data ? t('activities.call-with', { name: client.data.name }) : t('activities.call')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('shell.close') }}
      // The form itself takes the focus to the outcomes.
      trapFocus
    >
      <Loaded of={client} meanwhile={4}>
        {(known) => (open.isPending && !request.planned ? null : <Form client={known} planned={planned} />)}
      </Loaded>
    </Modal>
  )
}

function Form({ client, planned }: { client: Client; planned: Activity | null }) {
  const { t } = useTranslation()
  const me = useMe()
  const zone = me.company.timeZone
  const personId = planned?.personId ?? null
  const [contactId, setContactId] = useState(
    planned?.contactId ?? reachableOf(client, 'call', personId)[0]?.contact.id ?? null,
  )
  const [outcome, setOutcome] = useState<string | null>(null)
  const [text, setText] = useState('')
  const [next, setNext] = useState<Wall | null>(null)
  const [fulfils, setFulfils] = useState(true)
  const field = useRef<HTMLTextAreaElement>(null)
  const hasOutcomes = useOutcomes('call').length > 0
  useEffect(() => {
    if (!hasOutcomes) field.current?.focus()
  }, [hasOutcomes])
  const log = useLogCall(closeQuickCall)
  const complete = useCompleteActivity(closeQuickCall)
  const write = () =>
    planned && fulfils
      ? complete.mutate({ id: planned.id, result: text, outcome, contactId })
      : log.mutate({
          clientId: client.id,
          kind: 'call',
          personId,
          contactId,
          text,
          outcome,
          doneAt: new Date().toISOString(),
        })
  // The next step first: if it cannot be written, nothing is lost.
  const plan = useCreateActivity(write)
  const pending = log.isPending || complete.isPending || plan.isPending
  const send = () => {
    if (pending) return
    if (!next) return write()
    plan.mutate({
      clientId: client.id,
      personId,
      contactId,
      kind: 'call',
      text: planned && fulfils ? planned.text : '',
      dueAt: momentOf(next, zone),
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey) return
    const target = event.target as HTMLElement
    if (target !== field.current && target.role !== 'group' && !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    send()
  }
  const there = clientNow(client, zone)
  const failure = plan.error ?? log.error ?? complete.error
  return (
    <Stack gap="sm" onKeyDown={onKeyDown}>
      <Group gap="sm">
        <ContactSelect
          clientId={client.id}
          kind="call"
          personId={personId}
          value={contactId}
          onChange={setContactId}
        />
        {there && (
          <Text size="sm" c="dimmed">
            {t('activities.there', { time: there })}
          </Text>
        )}
      </Group>
      <OutcomePicker
        kind="call"
        value={outcome}
        onChange={(chosen, reached) => {
          setOutcome(chosen)
          if (reached === false && !next) setNext({ day: dayAfter(todayIn(zone), 1), time: null })
        }}
        autoFocus
        onChosen={() => field.current?.focus()}
      />
      <Textarea
        ref={field}
        data-autofocus={!hasOutcomes || undefined}
        aria-label={t('activities.call-about')}
        placeholder={t('activities.ask-call')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={20_000}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      {planned && (
        <Checkbox
          label={t('activities.fulfils', {
            text: planned.text || t('activities.call'),
          })}
          checked={fulfils}
          onChange={({ currentTarget }) => setFulfils(currentTarget.checked)}
        />
      )}
      <NextStep value={next} onChange={setNext} zone={zone} />
      {failure && (
        <Alert color="red" variant="light" role="alert" p="sm">
          {failureOf(failure)}
        </Alert>
      )}
      <Group gap="sm" justify="flex-end">
        <Text size="xs" c="dimmed" visibleFrom="sm">
          {t('activities.call-keys')}
        </Text>
        <Button variant="default" onClick={closeQuickCall}>
          {t('shell.cancel')}
        </Button>
        <Button onClick={send} loading={pending}>
          {t('activities.call-save')}
        </Button>
      </Group>
    </Stack>
  )
}

interface NextStepProps {
  value: Wall | null
  onChange: (when: Wall | null) => void
  zone: string
}

/** When to call again: one click for the usual days, the calendar for the rest. */
function NextStep({ value, onChange, zone }: NextStepProps) {
  const { t } = useTranslation()
  const today = todayIn(zone)
  if (value) {
    return (
      <Stack gap={6}>
        <Group gap="sm">
          <Text size="sm" fw={500}>
            {t('activities.call-again')}
          </Text>
          <Button variant="subtle" color="gray" size="compact-xs" onClick={() => onChange(null)}>
            {t('activities.no-next-step')}
          </Button>
        </Group>
        <WhenPicker value={value} onChange={onChange} zone={zone} />
      </Stack>
    )
  }
  const days = {
    tomorrow: dayAfter(today, 1),
    'next-monday': nextMonday(today),
    'in-week': dayAfter(today, 7),
  }
  return (
    <Group gap={6}>
      <Text size="sm" c="dimmed">
        {t('activities.call-again')}
      </Text>
      {(['tomorrow', 'next-monday', 'in-week'] as const).map((word) => (
        <Button
          key={word}
          size="compact-sm"
          variant="default"
          onClick={() => onChange({ day: days[word], time: null })}
        >
          {t(`activities.${word}`)}
        </Button>
      ))}
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => onChange({ ...wallOf(new Date(Date.now() + 3_600_000).toISOString(), zone) })}
      >
        {t('activities.in-hour')}
      </Button>
    </Group>
  )
}
