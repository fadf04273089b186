import { Anchor, Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Import, listImports } from '#features/imports/contract.ts'
import { query } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './my-day.module.css'
import { Panel } from './Panel.tsx'

const unfinished = ['reading', 'ready', 'applying'] as const
const isUnfinished = (one: Import) => (unfinished as readonly string[]).includes(one.status)

/** Files somebody has brought and nobody has written into the base yet; nothing where there are none. */
export function ImportsPanel() {
  const { t } = useTranslation()
  const imports = useQuery({
    ...query(listImports, { limit: 20 }),
    refetchInterval: ({ state }) => (state.data?.items.some(isUnfinished) ? 5_000 : false),
  })
  const waiting = imports.data?.items.filter(isUnfinished) ?? []
  if (waiting.length === 0) return null
  return (
    <Panel title={t('my-day.imports')} more={{ to: '/imports', label: t('my-day.imports-all') }}>
      <ul className={classes.rows}>
        {waiting.map((one) => (
          <li key={one.id}>
            <Anchor
              size="sm"
              renderRoot={(props) => (
                <Link to={'/imports/$id' as never} params={{ id: one.id } as never} {...props} />
              )}
            >
              {one.name}
            </Anchor>
            <Badge color={one.status === 'ready' ? 'accent' : 'gray'}>
              {t(`my-day.import-${one.status as (typeof unfinished)[number]}`)}
            </Badge>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
