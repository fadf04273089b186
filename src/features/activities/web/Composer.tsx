import { Paper, Skeleton, Stack, Textarea } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import type { ActivityKind } from '#features/activities/contract.ts'
import { momentOf, todayIn, type Wall } from '#features/activities/when.ts'
import { useMe } from '#web/session.ts'
import type { Draft } from './ComposerDetails.tsx'
import { useCreateActivity } from './use-activity-acts.ts'

// Downloaded when one points at the line or comes into it.
const bringDetails = () => import('./ComposerDetails.tsx')
const ComposerKinds = lazy(async () => ({ default: (await bringDetails()).ComposerKinds }))
const ComposerDetails = lazy(async () => ({ default: (await bringDetails()).ComposerDetails }))

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
    <Paper
      className="no-print"
      onPointerEnter={() => void bringDetails().catch(() => {})}
      withBorder={open && !at}
      {...(open && !at && { p: 'sm' })}
    >
      <Stack gap="sm">
        {open && (
          <Suspense fallback={<Skeleton height={30} />}>
            <ComposerKinds draft={draft} onChange={change} at={at !== undefined} />
          </Suspense>
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
            if (event.key === 'Escape') {
              event.stopPropagation()
              if (text === '' && !at) setOpen(false)
            }
          }}
        />
        {open && (
          <Suspense fallback={<Skeleton height={30} />}>
            <ComposerDetails
              draft={draft}
              onChange={change}
              when={when}
              onWhen={setWhen}
              given={given !== undefined}
              at={at !== undefined}
              onSend={send}
              ready={ready}
              pending={create.isPending}
              error={create.error}
            />
          </Suspense>
        )}
      </Stack>
    </Paper>
  )
}
