import { Button, CloseButton, Drawer, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { z } from 'zod'
import { type Client, getClient } from '#features/clients/contract.ts'
import { clientAsOf, getSnapshot } from '#features/snapshots/contract.ts'
import { query } from '#web/api.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { ErrorState } from '#web/layout/ErrorState.tsx'
import { ApiProblem } from '#web/problem.ts'
import { useUrlState } from '#web/url-state.ts'
import { AsOfSections } from './AsOfSections.tsx'
import { PastBanner } from './PastBanner.tsx'
import { restoreCard } from './restore.tsx'
import { sayMoment } from './say-moment.ts'

const View = z.object({ at: z.string().optional().catch(undefined) })

/** The card of a client as it was, over the base: `/clients/…/as-of?at=…`. */
export function AsOfCard() {
  const { id } = useParams({ strict: false }) as { id: string }
  const [{ at = '' }] = useUrlState(View)
  const navigate = useNavigate()
  const leave = (to: string) =>
    void navigate({ to, params: { id }, search: (old: object) => ({ ...old, at: undefined }) } as never)
  return (
    <AsOfDrawer id={id} at={at} onClose={() => leave('/clients/$id')} onToday={() => leave('/clients/$id')} />
  )
}

/** The same over a snapshot: `/time-machine/…/clients/…`. */
export function SnapshotCard() {
  const { id, clientId } = useParams({ strict: false }) as { id: string; clientId: string }
  const navigate = useNavigate()
  const snapshot = useQuery(query(getSnapshot, { id }))
  if (!snapshot.data) return null
  return (
    <AsOfDrawer
      id={clientId}
      at={snapshot.data.at}
      onClose={() => void navigate({ to: '/time-machine/$id', params: { id }, search: true } as never)}
      onToday={() => void navigate({ to: '/clients/$id', params: { id: clientId } } as never)}
    />
  )
}

interface AsOfDrawerProps {
  id: string
  at: string
  onClose: () => void
  onToday: () => void
}

function AsOfDrawer({ id, at, onClose, onToday }: AsOfDrawerProps) {
  const { t } = useTranslation()
  const isPhone = useMediaQuery('(max-width: 720px)', undefined, { getInitialValueInEffect: false })
  const was = useQuery(query(clientAsOf, { id, at }))
  const now = useQuery(query(getClient, { id }))
  return (
    <Drawer.Root opened onClose={onClose} position="right" size={isPhone ? '100%' : 760} keepMounted={false}>
      <Drawer.Overlay backgroundOpacity={0.25} className="no-print" />
      <Drawer.Content
        aria-label={
          was.data
            ? t('snapshots.card.title', { name: was.data.name, moment: sayMoment(at) })
            : t('snapshots.title')
        }
        className="print-sheet"
      >
        <Drawer.Body p="lg">
          {was.data && now.data ? (
            <Opened at={at} was={was.data} now={now.data} onClose={onClose} onToday={onToday} />
          ) : (
            <Stack>
              <Group justify="flex-end">
                <CloseButton aria-label={t('snapshots.card.close')} onClick={onClose} />
              </Group>
              <Absence error={was.error ?? now.error} onRetry={() => void was.refetch()} />
            </Stack>
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}

function Absence({ error, onRetry }: { error: unknown; onRetry: () => void }): ReactNode {
  if (error === null) return <Skeleton height={320} />
  if (!(error instanceof ApiProblem && [404, 422].includes(error.status)))
    return <ErrorState error={error} onRetry={onRetry} />
  return <EmptyState title={error.errors[0]?.message ?? error.message} />
}

interface OpenedProps extends Omit<AsOfDrawerProps, 'id'> {
  was: Client
  now: Client
}

function Opened({ at, was, now, onClose, onToday }: OpenedProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const restore = async () => {
    if (await restoreCard(queries, was.id, at)) onToday()
  }
  return (
    <Stack gap="md">
      <PastBanner
        card
        moment={t('snapshots.card.banner', { moment: sayMoment(at) })}
        note={t('snapshots.card.read-only')}
      >
        <Button variant="default" size="compact-sm" onClick={() => void restore()}>
          {t('snapshots.restore-one')}
        </Button>
        <Button size="compact-sm" onClick={onToday}>
          {t('snapshots.to-today')}
        </Button>
      </PastBanner>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Title order={2}>{was.name}</Title>
          {(was.archivedAt ?? now.archivedAt) !== null && (
            <Text size="sm" c="var(--warn)">
              {t(was.archivedAt ? 'snapshots.card.was-archived' : 'snapshots.card.is-archived')}
            </Text>
          )}
        </div>
        <CloseButton size={32} aria-label={t('snapshots.card.close')} onClick={onClose} />
      </Group>
      <AsOfSections was={was} now={now} />
    </Stack>
  )
}
