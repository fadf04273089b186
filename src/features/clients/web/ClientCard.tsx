import {
  ActionIcon,
  Alert,
  Badge,
  Button,
  CloseButton,
  Drawer,
  Group,
  Skeleton,
  Stack,
  Text,
  Tooltip,
} from '@mantine/core'
import { useHotkeys, useMediaQuery } from '@mantine/hooks'
import { IconArchive, IconArchiveOff, IconHistory, IconPhonePlus, IconPrinter } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { askQuickCall } from '#features/activities/web/quick-call.ts'
import { Timeline } from '#features/activities/web/Timeline.tsx'
import { notifyReversible } from '#features/changes/web/notify-reversible.ts'
import { UndoButtons } from '#features/changes/web/UndoButtons.tsx'
import { CanaryMark } from '#features/canaries/web/CanaryMark.tsx'
import { missingKinds } from '#features/clients/completeness.ts'
import {
  archiveClient,
  countClients,
  findTwins,
  listClients,
  myGaps,
  restoreClient,
  type Client,
} from '#features/clients/contract.ts'
import { contactKindTitles } from '#features/clients/fields.ts'
import { MaskedNotice } from '#features/masking/web/MaskedNotice.tsx'
import { FilesPanel } from '#features/files/web/FilesPanel.tsx'
import { WhySeen } from '#features/substitutions/web/WhySeen.tsx'
import { call, keyOf, query, refresh } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { ErrorState } from '#web/layout/ErrorState.tsx'
import { isUp } from '#web/live/live.ts'
import { PresentPeople } from '#web/live/PresentPeople.tsx'
import { notifyProblem } from '#web/layout/notify.tsx'
import { useEscape } from '#web/layout/use-escape.ts'
import { ApiProblem } from '#web/problem.ts'
import { useMe } from '#web/session.ts'
import { AccountsPanel } from './AccountsPanel.tsx'
import { CardLive } from './card-live.ts'
import classes from './card.module.css'
import { ContactsPanel } from './ContactsPanel.tsx'
import { InlineField } from './InlineField.tsx'
import { PeoplePanel } from './PeoplePanel.tsx'
import { RequisitesPanel } from './RequisitesPanel.tsx'
import { TwinsNotice } from './TwinsNotice.tsx'
import { type ClientOnCard, useClient } from './use-client.ts'
import { useCardPresence } from './use-card-presence.ts'
import { useDictionaries } from './use-dictionaries.ts'

const HistoryPanel = lazy(async () => ({ default: (await import('./HistoryPanel.tsx')).HistoryPanel }))

/** The card of a client: a drawer over the table with an address of its own. */
export function ClientCard() {
  const { t } = useTranslation()
  const { id } = useParams({ strict: false }) as { id: string }
  const navigate = useNavigate()
  const isPhone = useMediaQuery('(max-width: 720px)', undefined, { getInitialValueInEffect: false })
  const card = useClient(id)
  const close = () => void navigate({ to: '/clients', search: true } as never)
  const content = useEscape<HTMLDivElement>(close)
  return (
    <Drawer.Root
      opened
      onClose={close}
      position="right"
      size={isPhone ? '100%' : 980}
      trapFocus
      keepMounted={false}
      // By itself it would close over the head of a form that is left by the same key.
      closeOnEscape={false}
    >
      <Drawer.Overlay backgroundOpacity={0.25} className="no-print" />
      <Drawer.Content
        ref={content}
        aria-label={card.client?.name ?? t('clients.title')}
        className="print-sheet"
      >
        <Drawer.Body p="lg">
          {card.client ? (
            <Card card={card} client={card.client} onClose={close} />
          ) : (
            <Absent card={card} onClose={close} />
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}

function Absent({ card, onClose }: { card: ClientOnCard; onClose: () => void }) {
  const { t } = useTranslation()
  const unknown = card.error instanceof ApiProblem && [404, 422].includes(card.error.status)
  return (
    <Stack>
      <Group justify="flex-end">
        <CloseButton aria-label={t('clients.card.close')} onClick={onClose} />
      </Group>
      {unknown && <EmptyState title={t('clients.card.not-found')} />}
      {card.error !== null && !unknown && <ErrorState error={card.error} onRetry={card.retry} />}
      {card.isPending && (
        <>
          <Skeleton height={32} width="50%" />
          <Skeleton height={220} />
          <Skeleton height={320} />
        </>
      )}
    </Stack>
  )
}

function Card({ card, client, onClose }: { card: ClientOnCard; client: Client; onClose: () => void }) {
  const { t } = useTranslation()
  const dictionaries = useDictionaries()
  const me = useMe()
  // Through another's eyes one only looks.
  const readOnly = client.archivedAt !== null || me.look !== null
  const isMasked = [...client.contacts, ...client.people.flatMap(({ contacts }) => contacts)].some(
    ({ masked }) => masked,
  )
  const [history, setHistory] = useState(false)
  const twins = useTwins(client)
  const checked = () => card.retry()
  // By the place of the key, for the Russian layout too; not while one types.
  useHotkeys([['C', () => !readOnly && askQuickCall({ clientId: client.id }), { usePhysicalKeys: true }]])
  const { present, onFocus, onBlur } = useCardPresence(client.id, dictionaries.nameOfUser)
  const live = useMemo(
    () => ({ version: client.version, asSeen: card.asSeen, waiting: card.waiting, present: present.byField }),
    [client.version, card.asSeen, card.waiting, present],
  )
  return (
    <CardLive value={live}>
      <Stack gap="md" onFocus={onFocus} onBlur={onBlur}>
        <Header
          client={client}
          card={card}
          readOnly={readOnly}
          onClose={onClose}
          here={<PresentPeople people={present.people} nameOfUser={dictionaries.nameOfUser} />}
        />
        {client.archivedAt !== null && <ArchivedNotice client={client} card={card} />}
        <TwinsNotice twins={twins} />
        <div className={classes.layout}>
          <div>
            <Section title={t('clients.card.contacts')}>
              {isMasked && <MaskedNotice clientId={client.id} />}
              <ContactsPanel
                label={t('clients.card.contacts')}
                contacts={client.contacts}
                dictionaries={dictionaries}
                readOnly={readOnly}
                onSave={(contacts) => card.save({ contacts })}
                onChecked={checked}
              />
            </Section>
            <Section title={t('clients.card.people')}>
              <PeoplePanel
                client={client}
                dictionaries={dictionaries}
                readOnly={readOnly}
                onSave={(people) => card.save({ people })}
                onChecked={checked}
              />
            </Section>
            <Section title={t('clients.card.timeline')}>
              <Timeline clientId={client.id} />
            </Section>
            <Section title={t('clients.card.files')}>
              <FilesPanel clientId={client.id} />
            </Section>
            <section className={`${classes.section} no-print`} aria-label={t('clients.card.history')}>
              <Button
                variant="subtle"
                color="gray"
                size="compact-sm"
                leftSection={<IconHistory size={15} stroke={1.6} />}
                aria-expanded={history}
                onClick={() => setHistory(!history)}
              >
                {t('clients.card.history')}
              </Button>
              <Suspense fallback={<Skeleton height={60} mt="sm" />}>
                {history && <HistoryPanel clientId={client.id} dictionaries={dictionaries} />}
              </Suspense>
            </section>
          </div>
          <div className={classes.aside}>
            <Section title={t('clients.card.requisites')}>
              <RequisitesPanel
                client={client}
                dictionaries={dictionaries}
                readOnly={readOnly}
                onSave={card.save}
              />
            </Section>
            <Section title={t('clients.card.accounts')}>
              <AccountsPanel
                accounts={client.accounts}
                readOnly={readOnly}
                onSave={(accounts) => card.save({ accounts })}
              />
            </Section>
            {me.role === 'head' && <CanaryMark clientId={client.id} />}
            <WhySeen clientId={client.id} ownerId={client.ownerId} />
          </div>
        </div>
      </Stack>
    </CardLive>
  )
}

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className={classes.section} aria-label={title}>
    <div className={classes.sectionTitle}>
      <Text component="h2" size="sm" fw={600}>
        {title}
      </Text>
    </div>
    {children}
  </section>
)

function Header({
  client,
  card,
  readOnly,
  onClose,
  here,
}: {
  client: Client
  card: ClientOnCard
  readOnly: boolean
  onClose: () => void
  here: ReactNode
}) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const archive = async () => {
    try {
      const { changeSetId } = await call(archiveClient, { id: client.id })
      relist(queries)
      onClose()
      await notifyReversible(queries, t('clients.card.archived-done', { name: client.name }), changeSetId)
    } catch (error) {
      notifyProblem(error)
    }
  }
  return (
    <div className={classes.header}>
      <div className={classes.heading}>
        <div className={classes.name}>
          <InlineField
            label={t('clients.name')}
            field="name"
            value={client.name}
            readOnly={readOnly}
            onSave={(name) => card.save({ name })}
          />
        </div>
        <Completeness client={client} />
      </div>
      <Group gap={4} wrap="nowrap" className="no-print">
        <UndoButtons />
        {!readOnly && (
          <Tooltip label={`${t('activities.log-call')} (C)`}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label={t('activities.log-call')}
              onClick={() => askQuickCall({ clientId: client.id })}
            >
              <IconPhonePlus size={18} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        )}
        {here}
        <Tooltip label={t('clients.card.print')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={t('clients.card.print')}
            onClick={() => print()}
          >
            <IconPrinter size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        {!readOnly && (
          <Tooltip label={t('clients.card.archive')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label={t('clients.card.archive')}
              onClick={() => void archive()}
            >
              <IconArchive size={18} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        )}
        <CloseButton size={32} aria-label={t('clients.card.close')} onClick={onClose} />
      </Group>
    </div>
  )
}

function relist(queries: ReturnType<typeof useQueryClient>) {
  void refresh(queries, countClients, myGaps)
  if (!isUp()) void queries.invalidateQueries({ queryKey: [keyOf(listClients), 'pages'] })
}

/** What the company requires of such a client, and what of it is not there. */
function Completeness({ client }: { client: Client }) {
  const { t, i18n } = useTranslation()
  const me = useMe()
  const { choices } = useDictionaries()
  const missing = missingKinds(client, { required: me.company.requiredKinds, choices })
  if (missing.length === 0) {
    return (
      <Badge variant="light" color="teal" c="var(--good)" tt="none" fw={500}>
        {t('clients.card.complete')}
      </Badge>
    )
  }
  const kinds = missing.map((kind) => contactKindTitles[kind][i18n.language].toLowerCase()).join(', ')
  return (
    <Badge variant="light" color="yellow" c="var(--warn)" tt="none" fw={500}>
      {t('clients.card.missing', { kinds })}
    </Badge>
  )
}

function ArchivedNotice({ client, card }: { client: Client; card: ClientOnCard }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const restore = () =>
    void call(restoreClient, { id: client.id }).then((restored) => {
      card.keep(restored)
      relist(queries)
    }, notifyProblem)
  return (
    <Alert color="gray" icon={<IconArchive size={18} />} p="sm" className="no-print">
      <Group justify="space-between">
        <Text size="sm">{t('clients.archived')}</Text>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconArchiveOff size={15} />}
          onClick={restore}
        >
          {t('clients.restore')}
        </Button>
      </Group>
    </Alert>
  )
}

function useTwins(client: Client) {
  const phones = client.contacts.filter(({ kind }) => kind === 'phone').map(({ value }) => value)
  const emails = client.contacts.filter(({ kind }) => kind === 'email').map(({ value }) => value)
  const { data } = useQuery({
    ...query(findTwins, {
      except: client.id,
      name: client.name,
      ...(client.inn && { inn: client.inn }),
      ...(client.kpp && { kpp: client.kpp }),
      ...(phones.length > 0 && { phones }),
      ...(emails.length > 0 && { emails }),
    }),
    staleTime: 60_000,
  })
  return (data ?? []).filter((twin) => twin.score !== 'candidate')
}
