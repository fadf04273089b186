import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { listChangeSets } from '#features/changes/contract.ts'
import { ActRow } from '#features/changes/web/ActRow.tsx'
import { query } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import classes from './my-day.module.css'
import { Panel } from './Panel.tsx'

/** What the people have just been doing. */
export function ActsPanel() {
  const { t } = useTranslation()
  const acts = useQuery(query(listChangeSets, { limit: 8 }))
  return (
    <Panel wide title={t('my-day.acts')} more={{ to: '/journal', label: t('my-day.acts-all') }}>
      <Loaded of={acts} meanwhile={4}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('my-day.acts-none')}
            </Text>
          ) : (
            <ul className={classes.figures}>
              {items.map((set) => (
                <ActRow key={set.id} set={set} withDay />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  )
}
