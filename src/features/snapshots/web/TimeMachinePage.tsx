import { Badge, Paper, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from '#web/i18n/translation.ts'
import { z } from 'zod'
import { journalStart } from '#features/changes/contract.ts'
import { listSnapshots, type Snapshot } from '#features/snapshots/contract.ts'
import { query } from '#web/api.ts'
import { formatDate, formatTime } from '#web/format.ts'
import { Page } from '#web/layout/Page.tsx'
import { useUrlState } from '#web/url-state.ts'
import { MomentForm } from './MomentForm.tsx'
import { sayMoment } from './say-moment.ts'
import classes from './snapshots.module.css'
import { useSnapshotMaking } from './use-snapshots.ts'

const View = z.object({ at: z.iso.datetime({ offset: true }).optional().catch(undefined) })

/** «Машина времени»: choose a moment, or open what was made within the hour. */
export function TimeMachinePage() {
  const { t } = useTranslation()
  const [{ at }] = useUrlState(View)
  const make = useSnapshotMaking()
  const kept = useQuery(query(listSnapshots, {}))
  const start = useQuery({ ...query(journalStart, {}), staleTime: 3_600_000 })
  return (
    <Page title={t('snapshots.title')} aside={t('snapshots.intro')} narrow>
      <Paper p="md" mb="lg">
        <Text size="sm" mb="md">
          {t('snapshots.form-text')}
        </Text>
        <MomentForm key={at} at={at} onChoose={(moment) => void make(moment)} />
        {start.data?.from && (
          <Text size="xs" c="dimmed" mt="sm">
            {t('snapshots.journal-from', { day: formatDate(start.data.from) })}
          </Text>
        )}
      </Paper>
      {kept.data && kept.data.length > 0 && (
        <section>
          <Title order={2} size="h3">
            {t('snapshots.kept-title')}
          </Title>
          <Text size="xs" c="dimmed" mb="xs">
            {t('snapshots.kept-text')}
          </Text>
          <ul className={classes.kept}>
            {kept.data.map((snapshot) => (
              <KeptSnapshot key={snapshot.id} snapshot={snapshot} />
            ))}
          </ul>
        </section>
      )}
    </Page>
  )
}

function KeptSnapshot({ snapshot }: { snapshot: Snapshot }) {
  const { t } = useTranslation()
  const { id, at, status, filter, expiresAt } = snapshot
  return (
    <li>
      <Link to={'/time-machine/$id' as never} params={{ id } as never} className={classes.keptLink}>
        <span>{sayMoment(at)}</span>
        <Text span size="xs" c="dimmed">
          {t(Object.keys(filter).length > 0 ? 'snapshots.kept-narrowed' : 'snapshots.kept-whole')}
        </Text>
        {status !== 'ready' && <Badge color="gray">{t(`snapshots.kept-${status}`)}</Badge>}
        <Text span size="xs" c="dimmed" ml="auto">
          {t('snapshots.kept-until', { time: formatTime(expiresAt) })}
        </Text>
      </Link>
    </li>
  )
}
