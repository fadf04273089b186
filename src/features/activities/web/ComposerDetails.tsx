import { Alert, Button, Group, SegmentedControl, Text } from '@mantine/core'
import type { ActivityKind } from '#features/activities/contract.ts'
import type { RepeatDraft } from '#features/activities/recurrence.ts'
import type { Wall } from '#features/activities/when.ts'
import { ClientSelect } from '#features/clients/web/ClientSelect.tsx'
import { useTranslation } from '#web/i18n/translation.ts'
import { useMe } from '#web/session.ts'
import { ContactSelect } from './ContactSelect.tsx'
import { PersonSelect, UserSelect } from './entry-selects.tsx'
import { failureOf } from './failure.ts'
import { kindsInOrder } from './kinds.tsx'
import { OutcomePicker } from './OutcomePicker.tsx'
import { RemindSelect } from './RemindSelect.tsx'
import { RepeatSelect } from './RepeatSelect.tsx'
import { WhenPicker } from './WhenPicker.tsx'

/** An entry being written. */
export interface Draft {
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

interface KindsProps {
  draft: Draft
  onChange: (changed: Partial<Draft>) => void
  /** Planned for a moment already chosen. */
  at: boolean
}

/** What kind of entry it is. */
export function ComposerKinds({ draft: { kind, planned }, onChange, at }: KindsProps) {
  const { t } = useTranslation()
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={t('activities.kind-label')}
      value={kind}
      onChange={(chosen) => {
        const next = chosen as ActivityKind
        onChange({
          kind: next,
          planned: at || next === 'task' || (planned && next !== 'note'),
          contactId: null,
          outcome: null,
        })
      }}
      data={kindsInOrder
        .filter((value) => !at || value !== 'note')
        .map((value) => ({ value, label: t(`activities.${value}`) }))}
    />
  )
}

interface DetailsProps extends KindsProps {
  when: Wall
  onWhen: (when: Wall) => void
  /** The client is given and not chosen. */
  given: boolean
  onSend: () => void
  ready: boolean
  pending: boolean
  error: Error | null
}

/** Below the text of an entry: of whom, past or future and when, with whom, whose. */
export function ComposerDetails({
  draft,
  onChange,
  at,
  when,
  onWhen,
  given,
  onSend,
  ready,
  pending,
  error,
}: DetailsProps) {
  const { t } = useTranslation()
  const zone = useMe().company.timeZone
  const { kind, planned, clientId, personId, contactId, userId, outcome } = draft
  return (
    <>
      {!given && kind !== 'note' && (
        <ClientSelect
          label={t('activities.client')}
          value={clientId}
          onChange={(id) => onChange({ clientId: id, personId: null, contactId: null })}
        />
      )}
      <Group gap="sm">
        {kind !== 'note' && kind !== 'task' && !at && (
          <SegmentedControl
            size="xs"
            aria-label={t('activities.happened-or-planned')}
            value={planned ? 'planned' : 'happened'}
            onChange={(chosen) => onChange({ planned: chosen === 'planned' })}
            data={(['happened', 'planned'] as const).map((value) => ({
              value,
              label: t(`activities.${value}`),
            }))}
          />
        )}
        {planned && <WhenPicker value={when} onChange={onWhen} zone={zone} />}
        {planned && (
          <>
            <RemindSelect
              timed={when.time !== null}
              value={draft.remindBefore}
              onChange={(remindBefore) => onChange({ remindBefore })}
            />
            <RepeatSelect value={draft.repeat} onChange={(repeat) => onChange({ repeat })} day={when.day} />
          </>
        )}
        {!planned && (
          <OutcomePicker kind={kind} value={outcome} onChange={(chosen) => onChange({ outcome: chosen })} />
        )}
      </Group>
      <Group gap="sm" align="end">
        {clientId && (
          <>
            <PersonSelect
              clientId={clientId}
              value={personId}
              onChange={(id) => onChange({ personId: id })}
            />
            <ContactSelect
              clientId={clientId}
              kind={kind}
              personId={personId}
              value={contactId}
              onChange={(id) => onChange({ contactId: id })}
            />
          </>
        )}
        <UserSelect value={userId} onChange={(id) => onChange({ userId: id })} />
        <Group gap="sm" ml="auto">
          <Text size="xs" c="dimmed" visibleFrom="sm">
            {clientId ? t('activities.add-hint') : t('activities.only-mine')}
          </Text>
          <Button onClick={onSend} disabled={!ready} loading={pending}>
            {t(planned ? 'activities.add-plan' : 'activities.add')}
          </Button>
        </Group>
      </Group>
      {error && (
        <Alert color="red" variant="light" role="alert" p="sm">
          {failureOf(error)}
        </Alert>
      )}
    </>
  )
}
