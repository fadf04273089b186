import { Alert, Button, Group, Paper, SegmentedControl, Select, Stack, Text, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import type { ActivityKind } from '#features/activities/contract.ts'
import type { RepeatDraft } from '#features/activities/recurrence.ts'
import { momentOf, todayIn, type Wall } from '#features/activities/when.ts'
import { getClient } from '#features/clients/contract.ts'
import { ClientSelect } from '#features/clients/web/ClientSelect.tsx'
import { query } from '#web/api.ts'
import { useMe } from '#web/session.ts'
import { ContactSelect } from './ContactSelect.tsx'
import { failureOf } from './failure.ts'
import { kindsInOrder } from './kinds.tsx'
import { OutcomePicker } from './OutcomePicker.tsx'
import { RemindSelect } from './RemindSelect.tsx'
import { RepeatSelect } from './RepeatSelect.tsx'
import { useCreateActivity } from './use-activity-acts.ts'
import { useColleagues } from './use-colleagues.ts'
import { WhenPicker } from './WhenPicker.tsx'

interface ComposerProps {
  /** Without a client one may be chosen; an entry without one is the caller's alone. */
  clientId?: string
  initialKind: ActivityKind
  /** Open at once, planned for this moment: a click into the calendar. */
  at?: Wall
  /** Whose plan it is to be at first. */
  forUser?: string | undefined
  onDone?: () => void
}

interface Draft {
  kind: ActivityKind
  text: string
  planned: boolean
  clientId: string | null
  personId: string | null
  contactId: string | null
  userId: string | null
  outcome: string | null
  remindBefore: number[]
  repeat: RepeatDraft | null
}

/** Quick entry: one line until it is wanted, then kind, text, and past or future. */
export function Composer({ clientId: given, initialKind, at, forUser, onDone }: ComposerProps) {
  const { t } = useTranslation()
  const zone = useMe().company.timeZone
  const fresh: Draft = {
    kind: initialKind,
    text: '',
    planned: initialKind === 'task' || at !== undefined,
    clientId: given ?? null,
    personId: null,
    contactId: null,
    userId: forUser ?? null,
    outcome: null,
    remindBefore: [],
    repeat: null,
  }
  const [open, setOpen] = useState(at !== undefined)
  const [draft, setDraft] = useState(fresh)
  const [when, setWhen] = useState<Wall>(at ?? { day: todayIn(zone), time: null })
  const create = useCreateActivity(() => {
    setDraft({ ...fresh, kind: draft.kind, planned: draft.kind === 'task' || at !== undefined })
    setOpen(at !== undefined)
    onDone?.()
  })
  const { kind, text, planned, clientId, personId, contactId, userId, outcome } = draft
  const change = (changed: Partial<Draft>) => setDraft({ ...draft, ...changed })
  const ready = text.trim() !== '' || (kind !== 'note' && kind !== 'task' && (!planned || clientId !== null))
  const send = () => {
    if (!ready || create.isPending) return
    const moment = planned
      ? {
          dueAt: momentOf(when, zone),
          remindBefore: draft.remindBefore,
          ...(draft.repeat && { repeat: draft.repeat }),
        }
      : kind === 'note'
        ? {}
        : { doneAt: new Date().toISOString(), outcome }
    create.mutate({
      clientId,
      kind,
      text,
      personId,
      ...(contactId && { contactId }),
      ...(userId && { userId }),
      ...moment,
    })
  }
  return (
    <Paper className="no-print" withBorder={open && !at} {...(open && !at && { p: 'sm' })}>
      <Stack gap="sm">
        {open && (
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('activities.kind-label')}
            value={kind}
            onChange={(chosen) => {
              const next = chosen as ActivityKind
              change({
                kind: next,
                planned: at !== undefined || next === 'task' || (planned && next !== 'note'),
                contactId: null,
                outcome: null,
              })
            }}
            data={kindsInOrder
              .filter((value) => !at || value !== 'note')
              .map((value) => ({ value, label: t(`activities.${value}`) }))}
          />
        )}
        <Textarea
          aria-label={t('activities.text-label')}
          placeholder={t(planned && kind !== 'task' ? 'activities.ask-plan' : `activities.ask-${kind}`)}
          autosize
          data-composer
          {...(at && { 'data-autofocus': true })}
          minRows={open ? 2 : 1}
          maxRows={12}
          maxLength={20_000}
          value={text}
          onFocus={() => setOpen(true)}
          // After an entry is saved the line is closed but still in focus.
          onClick={() => setOpen(true)}
          onChange={(event) => {
            setOpen(true)
            change({ text: event.currentTarget.value })
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
            if (event.key === 'Escape' && text === '' && !at) setOpen(false)
          }}
        />
        {open && (
          <>
            {!given && kind !== 'note' && (
              <ClientSelect
                label={t('activities.client')}
                value={clientId}
                onChange={(id) => change({ clientId: id, personId: null, contactId: null })}
              />
            )}
            <Group gap="sm">
              {kind !== 'note' && kind !== 'task' && !at && (
                <SegmentedControl
                  size="xs"
                  aria-label={t('activities.happened-or-planned')}
                  value={planned ? 'planned' : 'happened'}
                  onChange={(chosen) => change({ planned: chosen === 'planned' })}
                  data={(['happened', 'planned'] as const).map((value) => ({
                    value,
                    label: t(`activities.${value}`),
                  }))}
                />
              )}
              {planned && <WhenPicker value={when} onChange={setWhen} zone={zone} />}
              {planned && (
                <>
                  <RemindSelect
                    timed={when.time !== null}
                    value={draft.remindBefore}
                    onChange={(remindBefore) => change({ remindBefore })}
                  />
                  <RepeatSelect value={draft.repeat} onChange={(repeat) => change({ repeat })} />
                </>
              )}
              {!planned && (
                <OutcomePicker
                  kind={kind}
                  value={outcome}
                  onChange={(chosen) => change({ outcome: chosen })}
                />
              )}
            </Group>
            <Group gap="sm" align="end">
              {clientId && (
                <>
                  <PersonSelect
                    clientId={clientId}
                    value={personId}
                    onChange={(id) => change({ personId: id })}
                  />
                  <ContactSelect
                    clientId={clientId}
                    kind={kind}
                    personId={personId}
                    value={contactId}
                    onChange={(id) => change({ contactId: id })}
                  />
                </>
              )}
              <UserSelect value={userId} onChange={(id) => change({ userId: id })} />
              <Group gap="sm" ml="auto">
                <Text size="xs" c="dimmed" visibleFrom="sm">
                  {clientId ? t('activities.add-hint') : t('activities.only-mine')}
                </Text>
                <Button onClick={send} disabled={!ready} loading={create.isPending}>
                  {t(planned ? 'activities.add-plan' : 'activities.add')}
                </Button>
              </Group>
            </Group>
            {create.error && (
              <Alert color="red" variant="light" role="alert" p="sm">
                {failureOf(create.error)}
              </Alert>
            )}
          </>
        )}
      </Stack>
    </Paper>
  )
}

interface IdSelectProps {
  value: string | null
  onChange: (id: string | null) => void
}

/** The client's contact person the entry is about; nothing where he has none. */
export function PersonSelect({ clientId, value, onChange }: IdSelectProps & { clientId: string }) {
  const { t } = useTranslation()
  const people = useQuery(query(getClient, { id: clientId })).data?.people ?? []
  if (people.length === 0) return null
  return (
    <Select
      aria-label={t('activities.with-person')}
      placeholder={t('activities.with-person')}
      clearable
      searchable={people.length > 8}
      w={200}
      value={value}
      onChange={onChange}
      data={people.map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}

/** Whose entry it is; nothing for who plans for himself only. */
export function UserSelect({ value, onChange }: IdSelectProps) {
  const { t } = useTranslation()
  const me = useMe()
  const { plannable } = useColleagues()
  if (plannable.length < 2) return null
  return (
    <Select
      aria-label={t('activities.who')}
      placeholder={t('activities.who')}
      searchable={plannable.length > 8}
      allowDeselect={false}
      w={200}
      value={value ?? me.id}
      onChange={onChange}
      data={plannable.map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}
