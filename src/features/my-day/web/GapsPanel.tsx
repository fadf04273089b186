import { Anchor, Progress, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { myGaps } from '#features/clients/contract.ts'
import type { ContactKind } from '#shared/verdict.ts'
import type { z } from 'zod'
import { query } from '#web/api.ts'
import { formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { useMe } from '#web/session.ts'
import classes from './my-day.module.css'
import { Panel } from './Panel.tsx'

/** What the caller's clients lack of the required; each number leads to those very clients. */
export function GapsPanel() {
  const { t } = useTranslation()
  const me = useMe()
  const gaps = useQuery(query(myGaps, { owner: me.id }))
  // A team head may keep no clients of his own; what the team lacks, the report tells.
  if (gaps.data?.clients === 0) return null
  return (
    <Panel title={t('my-day.gaps')}>
      <Loaded of={gaps} meanwhile={3}>
        {({ clients, complete, missing }) => {
          const lacking = Object.entries(missing).filter(
            (entry): entry is [z.output<typeof ContactKind>, number] => (entry[1] ?? 0) > 0,
          )
          return (
            <>
              <Text size="sm">
                {t('my-day.gaps-complete', {
                  complete: formatNumber(complete),
                  clients: formatNumber(clients),
                })}
              </Text>
              <Progress
                my="sm"
                value={clients ? (complete / clients) * 100 : 0}
                aria-label={t('my-day.gaps-complete', { complete, clients })}
              />
              {lacking.length === 0 && clients > 0 && complete === clients && (
                <Text size="sm" c="dimmed">
                  {t('my-day.gaps-none')}
                </Text>
              )}
              <ul className={classes.figures}>
                {lacking.map(([kind, count]) => (
                  <li key={kind}>
                    <Anchor
                      className={classes.figure!}
                      renderRoot={(props) => (
                        <Link
                          to={'/clients' as never}
                          search={{ owner: 'me', lacking: kind } as never}
                          {...props}
                        />
                      )}
                    >
                      <span>{t(`my-day.lacks-${kind}`)}</span>
                      <b>{formatNumber(count)}</b>
                    </Anchor>
                  </li>
                ))}
              </ul>
            </>
          )
        }}
      </Loaded>
    </Panel>
  )
}
