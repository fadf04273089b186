import { Anchor, Stack, Tabs, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Activity } from '#features/activities/contract.ts'
import { sayAct } from '#features/changes/web/acts.ts'
import { listUsers } from '#features/people/contract.ts'
import table from '#features/reports/web/reports.module.css'
import { getBrief, getDigest, listSubstitutions } from '#features/substitutions/contract.ts'
import { query } from '#web/api.ts'
import { formatDate, formatDateTime, formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { Page } from '#web/layout/Page.tsx'
import { useMe } from '#web/session.ts'
import { daysOf } from './days.ts'
import classes from './substitutions.module.css'

/** One substitution: what the deputy must know, and what the returner finds. */
export function SubstitutionPage() {
  const { t } = useTranslation()
  const { id } = useParams({ strict: false }) as { id: string }
  const me = useMe()
  const names = new Map((useQuery(query(listUsers, {})).data ?? []).map((user) => [user.id, user.name]))
  const all = useQuery(query(listSubstitutions, {}))
  return (
    <Loaded of={all}>
      {(found) => {
        const one = found.find((other) => other.id === id)
        if (!one) return <EmptyState title={t('substitutions.not-found')} />
        const { first, last } = daysOf(one, me.company.timeZone)
        const forReturner = me.id === one.absentId || me.role !== 'manager'
        return (
          <Page
            title={t('substitutions.of', { name: names.get(one.absentId) ?? '' })}
            aside={`${formatDate(first)} – ${formatDate(last)}`}
          >
            {one.note && <Text mb="md">{one.note}</Text>}
            <Tabs defaultValue={me.id === one.absentId ? 'digest' : 'brief'} keepMounted={false}>
              <Tabs.List mb="md">
                <Tabs.Tab value="brief">{t('substitutions.brief')}</Tabs.Tab>
                {forReturner && <Tabs.Tab value="digest">{t('substitutions.digest')}</Tabs.Tab>}
              </Tabs.List>
              <Tabs.Panel value="brief">
                <Brief id={id} />
              </Tabs.Panel>
              {forReturner && (
                <Tabs.Panel value="digest">
                  <Digest id={id} names={names} />
                </Tabs.Panel>
              )}
            </Tabs>
          </Page>
        )
      }}
    </Loaded>
  )
}

function Brief({ id }: { id: string }) {
  const { t } = useTranslation()
  const brief = useQuery(query(getBrief, { id }))
  return (
    <Loaded of={brief}>
      {({ clients, plan, planCount, talks, files }) => (
        <Stack gap="lg">
          <Text size="sm" c="dimmed">
            {t('substitutions.brief-figures', {
              clients: formatNumber(clients),
              plan: formatNumber(planCount),
            })}
          </Text>
          <Section
            title={t('substitutions.plan')}
            empty={plan.length === 0 ? t('substitutions.no-plan') : null}
          >
            <Entries entries={plan} at={({ dueAt }) => dueAt!} />
          </Section>
          <Section
            title={t('substitutions.talks')}
            empty={talks.length === 0 ? t('substitutions.no-talks') : null}
          >
            <Entries entries={talks} at={(entry) => entry.at} />
          </Section>
          {files.length > 0 && (
            <Section title={t('substitutions.files')} empty={null}>
              {files.map((file) => (
                <tr key={file.id}>
                  <td>{formatDateTime(file.createdAt)}</td>
                  <td>
                    <ClientName id={file.clientId} name={file.clientName} />
                  </td>
                  <td>{file.name}</td>
                </tr>
              ))}
            </Section>
          )}
        </Stack>
      )}
    </Loaded>
  )
}

function Digest({ id, names }: { id: string; names: Map<string, string> }) {
  const { t } = useTranslation()
  const digest = useQuery(query(getDigest, { id }))
  return (
    <Loaded of={digest}>
      {({ acts, actCount, done, overdue }) => (
        <Stack gap="lg">
          <Text size="sm" c="dimmed">
            {t('substitutions.digest-figures', {
              acts: formatNumber(actCount),
              overdue: formatNumber(overdue),
            })}
          </Text>
          <Section
            title={t('substitutions.done')}
            empty={done.length === 0 ? t('substitutions.nothing-done') : null}
          >
            <Entries entries={done} at={({ doneAt }) => doneAt!} />
          </Section>
          <Section
            title={t('substitutions.acts')}
            empty={acts.length === 0 ? t('substitutions.no-acts') : null}
          >
            {acts.map((act) => (
              <tr key={act.changeSetId}>
                <td>{formatDateTime(act.at)}</td>
                <td>
                  {act.clientId && act.clientName && <ClientName id={act.clientId} name={act.clientName} />}
                </td>
                <td>
                  {sayAct(act)} · {names.get(act.authorId)}
                </td>
              </tr>
            ))}
          </Section>
        </Stack>
      )}
    </Loaded>
  )
}

function Section({ title, empty, children }: { title: string; empty: string | null; children: ReactNode }) {
  return (
    <section>
      <Text fw={600} mb={6}>
        {title}
      </Text>
      {empty ? (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      ) : (
        <div className={table.scroll}>
          <table className={`${table.table} ${classes.entries}`}>
            <tbody>{children}</tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function Entries({ entries, at }: { entries: readonly Activity[]; at: (entry: Activity) => string }) {
  const { t } = useTranslation()
  return entries.map((entry) => (
    <tr key={entry.id}>
      <td>{formatDateTime(at(entry))}</td>
      <td>
        {entry.clientId && entry.clientName && <ClientName id={entry.clientId} name={entry.clientName} />}
      </td>
      <td style={{ whiteSpace: 'normal' }}>
        {[t(`activities.${entry.kind}`), entry.text, entry.result].filter(Boolean).join(' · ')}
      </td>
    </tr>
  ))
}

const ClientName = ({ id, name }: { id: string; name: string }) => (
  <Anchor
    inherit
    renderRoot={(props) => <Link to={'/clients/$id' as never} params={{ id } as never} {...props} />}
  >
    {name}
  </Anchor>
)
