import { Alert, Button, Group, Paper, SegmentedControl, Select, Stack, Text, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getClient } from '#features/clients/contract.ts'
import type { ActivityKind } from '#features/activities/contract.ts'
import { momentOf, todayIn, type Wall } from '#features/activities/when.ts'
import { query } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { useMe } from '#web/session.ts'
import { failureOf } from './failure.ts'
import { kindsInOrder } from './kinds.tsx'
import { useCreateActivity } from './use-activity-acts.ts'
import { useColleagues } from './use-colleagues.ts'
import { WhenPicker } from './WhenPicker.tsx'

interface ComposerProps {
  /** Without a client the entry is the caller's alone. */
  clientId?: string
  initialKind: ActivityKind
}

/** Quick entry: one line until it is wanted, then kind, text, and past or future. */
export function Composer({ clientId, initialKind }: ComposerProps) {
  const { t } = useTranslation()
  const zone = useMe().company.timeZone
  const fresh = { kind: initialKind, text: '', planned: initialKind === 'task', personId: null, userId: null }
  const [open, setOpen] = useState(false)
  const [draft, setDraft] = useState<Draft>(fresh)
  const [when, setWhen] = useState<Wall>({ day: todayIn(zone), time: null })
  const create = useCreateActivity(() => {
    setDraft({ ...fresh, kind: draft.kind, planned: draft.kind === 'task' })
    setOpen(false)
  })
  const { kind, text, planned, personId, userId } = draft
  const ready = text.trim() !== '' || (kind !== 'note' && kind !== 'task' && !planned)
  const send = () => {
    if (!ready || create.isPending) return
    const moment = planned
      ? { dueAt: momentOf(when, zone) }
      : kind === 'note'
        ? {}
        : { doneAt: new Date().toISOString() }
    create.mutate({ clientId: clientId ?? null, kind, text, personId, ...(userId && { userId }), ...moment })
  }
  return (
    <Paper className="no-print" withBorder={open} {...(open && { p: 'sm' })}>
      <Stack gap="sm">
        {open && (
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('activities.kind-label')}
            value={kind}
            onChange={(chosen) => {
              const next = chosen as ActivityKind
              setDraft({ ...draft, kind: next, planned: next === 'task' || (planned && next !== 'note') })
            }}
            data={kindsInOrder.map((value) => ({ value, label: t(`activities.${value}`) }))}
          />
        )}
        <Textarea
          aria-label={t('activities.text-label')}
          placeholder={t(planned && kind !== 'task' ? 'activities.ask-plan' : `activities.ask-${kind}`)}
          autosize
          minRows={open ? 2 : 1}
          maxRows={12}
          maxLength={20_000}
          value={text}
          onFocus={() => setOpen(true)}
          // After an entry is saved the line is closed but still in focus.
          onClick={() => setOpen(true)}
          onChange={(event) => {
            setOpen(true)
            setDraft({ ...draft, text: event.currentTarget.value })
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
            if (event.key === 'Escape' && text === '') setOpen(false)
          }}
        />
        {open && (
          <>
            <Group gap="sm">
              {kind !== 'note' && kind !== 'task' && (
                <SegmentedControl
                  size="xs"
                  aria-label={t('activities.happened-or-planned')}
                  value={planned ? 'planned' : 'happened'}
                  onChange={(chosen) => setDraft({ ...draft, planned: chosen === 'planned' })}
                  data={(['happened', 'planned'] as const).map((value) => ({
                    value,
                    label: t(`activities.${value}`),
                  }))}
                />
              )}
              {planned && <WhenPicker value={when} onChange={setWhen} zone={zone} />}
            </Group>
            <Group gap="sm" align="end">
              {clientId && (
                <PersonSelect
                  clientId={clientId}
                  value={personId}
                  onChange={(id) => setDraft({ ...draft, personId: id })}
                />
              )}
              <UserSelect value={userId} onChange={(id) => setDraft({ ...draft, userId: id })} />
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

interface Draft {
  kind: ActivityKind
  text: string
  planned: boolean
  personId: string | null
  userId: string | null
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
