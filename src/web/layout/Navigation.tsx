import { Tooltip } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './Navigation.module.css'

export interface NavigationItem {
  to: NonNullable<LinkProps['to']>
  label: string
  /** For the bar of a telephone, where the label is too long. */
  short?: string | undefined
  icon: Icon
  /** One of the four that fit into the bar of a telephone. */
  pinned?: boolean
  /** So many wait there to be looked at. */
  count?: number | undefined
}

interface NavigationProps {
  items: NavigationItem[]
  /** Icons only. */
  narrow?: boolean
  onNavigate?: () => void
}

/** The list of screens. */
export function Navigation({ items, narrow = false, onNavigate }: NavigationProps) {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('shell.navigation')} className={classes.list}>
      {items.map(({ to, label, icon: Icon, count }) => (
        <Tooltip key={to} label={label} position="right" disabled={!narrow}>
          <Link
            to={to}
            className={classes.item}
            onClick={onNavigate}
            activeOptions={{ exact: to === '/', includeSearch: false }}
            aria-label={narrow ? label : undefined}
            data-narrow={narrow || undefined}
          >
            <Icon size={18} stroke={1.6} />
            {!narrow && <span>{label}</span>}
            {!!count && !narrow && <span className={classes.count}>{count}</span>}
          </Link>
        </Tooltip>
      ))}
    </nav>
  )
}
