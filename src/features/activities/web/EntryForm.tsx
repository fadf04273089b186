import { Alert, Button, Group, Select, Stack, Switch, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import type { Activity, ActivityKind, ActivityPatch } from '#features/activities/contract.ts'
import { type RepeatDraft, sameRhythm } from '#features/activities/recurrence.ts'
import { momentOf, todayIn, wallOf } from '#features/activities/when.ts'
import { ApiProblem } from '#web/problem.ts'
import { useMe } from '#web/session.ts'
import { ContactSelect } from './ContactSelect.tsx'
import { PersonSelect, UserSelect } from './entry-selects.tsx'
import { failureOf } from './failure.ts'
import { formatWhen } from './format-when.ts'
import { kindsInOrder } from './kinds.tsx'
import { OutcomePicker } from './OutcomePicker.tsx'
import { RemindSelect } from './RemindSelect.tsx'
import { RepeatSelect } from './RepeatSelect.tsx'
import { useUpdateActivity } from './use-activity-acts.ts'
import { WhenPicker } from './WhenPicker.tsx'

/** Editing an entry in its place. A field a colleague changed meanwhile is shown with both values and decided here. */
export function EntryForm({ activity, onClose }: { activity: Activity; onClose: () => void }) {
  const { t } = useTranslation()
  const zone = useMe().company.timeZone
  // The version this person saw: a newer one that arrives while he types must not hide a conflict.
  const [seen] = useState(activity)
  const [patch, setPatch] = useState<ActivityPatch>({})
  const update = useUpdateActivity(onClose)
  const { kind, text, dueAt, result, outcome, personId, contactId, userId, remindBefore, repeat } = {
    ...seen,
    ...patch,
  }
  const change = (changed: ActivityPatch) => setPatch({ ...patch, ...changed })
  const send = (version: number) => update.mutate({ id: seen.id, version, ...patch })
  const conflict = conflictOf(update.error)
  return (
    <Stack gap={6} mt={4}>
      <Textarea
        aria-label={t('activities.text-label')}
        autosize
        autoFocus
        maxRows={14}
        maxLength={20_000}
        value={text}
        onChange={(event) => change({ text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(seen.version)
          if (event.key === 'Escape') {
            event.stopPropagation()
            onClose()
          }
        }}
      />
      <Group gap="sm">
        <Select
          aria-label={t('activities.kind-label')}
          w={120}
          allowDeselect={false}
          value={kind}
          onChange={(chosen) => change({ kind: chosen as ActivityKind })}
          data={kindsInOrder.map((value) => ({ value, label: t(`activities.${value}`) }))}
        />
        {seen.clientId && (
          <PersonSelect
            clientId={seen.clientId}
            value={personId}
            onChange={(id) => change({ personId: id })}
          />
        )}
        {seen.clientId && (
          <ContactSelect
            clientId={seen.clientId}
            kind={kind}
            personId={personId}
            value={contactId}
            onChange={(id) => change({ contactId: id })}
          />
        )}
        <UserSelect value={userId} onChange={(id) => id && change({ userId: id })} />
      </Group>
      {seen.doneAt === null && seen.cancelledAt === null && (
        <Group gap="sm">
          <Switch
            label={t('activities.plan')}
            checked={dueAt !== null}
            onChange={(event) =>
              change({
                dueAt: event.currentTarget.checked
                  ? momentOf({ day: todayIn(zone), time: null }, zone)
                  : null,
              })
            }
          />
          {dueAt && (
            <WhenPicker
              value={wallOf(dueAt, zone)}
              onChange={(wall) => change({ dueAt: momentOf(wall, zone) })}
              zone={zone}
            />
          )}
          {dueAt && (
            <>
              <RemindSelect
                timed={wallOf(dueAt, zone).time !== null}
                value={remindBefore}
                onChange={(before) => change({ remindBefore: before })}
              />
              <RepeatSelect
                value={repeat && draftOf(repeat)}
                onChange={(draft) => change({ repeat: draft })}
                day={wallOf(dueAt, zone).day}
                {...(repeat &&
                  seen.repeat &&
                  sameRhythm(repeat, seen.repeat) && {
                    from: seen.repeat.from,
                    occurrence: seen.occurrence ?? 1,
                  })}
              />
            </>
          )}
        </Group>
      )}
      {seen.doneAt !== null && (
        <OutcomePicker kind={kind} value={outcome} onChange={(chosen) => change({ outcome: chosen })} />
      )}
      {seen.doneAt !== null && (
        <Textarea
          aria-label={t('activities.result-label')}
          placeholder={t('activities.ask-result')}
          autosize
          maxRows={8}
          maxLength={20_000}
          value={result ?? ''}
          onChange={(event) => change({ result: event.currentTarget.value })}
        />
      )}
      {conflict ? (
        <Alert
          color="yellow"
          variant="light"
          role="alert"
          p="sm"
          styles={{ title: { color: 'var(--text)' } }}
          title={t('activities.conflict-title')}
        >
          {Object.entries(conflict.current).map(([field, value]) => (
            <Text key={field} size="sm">
              {t('activities.conflict-theirs', { value: shown(value) || t('activities.conflict-nothing') })}
            </Text>
          ))}
          <Group gap="sm" mt="sm">
            <Button size="compact-sm" onClick={() => send(conflict.version)} loading={update.isPending}>
              {t('activities.keep-mine')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={onClose}>
              {t('activities.take-theirs')}
            </Button>
          </Group>
        </Alert>
      ) : (
        update.error && (
          <Alert color="red" variant="light" role="alert" p="sm">
            {failureOf(update.error)}
          </Alert>
        )
      )}
      {!conflict && (
        <Group gap="sm">
          <Button size="compact-sm" onClick={() => send(seen.version)} loading={update.isPending}>
            {t('shell.save')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={onClose}>
            {t('shell.cancel')}
          </Button>
        </Group>
      )}
    </Stack>
  )

  function shown(value: unknown): string {
    if (typeof value !== 'string') return ''
    if (/^\d{4}-\d\d-\d\dT/.test(value)) return formatWhen(value, zone)
    return (kindsInOrder as string[]).includes(value) ? t(`activities.${value as ActivityKind}`) : value
  }
}

/** What a person chose of a rule; where it began the server knows. */
const draftOf = ({ every, interval, weekdays, until, count, except }: RepeatDraft): RepeatDraft => ({
  every,
  interval,
  ...(weekdays && { weekdays }),
  ...(until != null && { until }),
  ...(count != null && { count }),
  ...(except && { except }),
})

interface Conflict {
  version: number
  current: Record<string, unknown>
}

const conflictOf = (error: unknown): Conflict | undefined =>
  error instanceof ApiProblem && error.type === 'version-conflict'
    ? (error.body as unknown as Conflict)
    : undefined
