import { UnstyledButton } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './BottomBar.module.css'
import type { NavigationItem } from './Navigation.tsx'

/** The bar below the thumb on a telephone: the screens of every day and the way to the rest. */
export function BottomBar({ items, onMore }: { items: NavigationItem[]; onMore: () => void }) {
  const { t } = useTranslation()
  return (
    <nav className={`${classes.bar} no-print`} aria-label={t('shell.navigation-short')}>
      {items
        .filter((item) => item.pinned)
        .map(({ to, label, short, icon: Icon }) => (
          <Link
            key={to}
            to={to}
            className={classes.item}
            activeOptions={{ exact: to === '/', includeSearch: false }}
          >
            <Icon size={20} stroke={1.6} />
            <span>{short ?? label}</span>
          </Link>
        ))}
      <UnstyledButton className={classes.item!} onClick={onMore}>
        <IconDots size={20} stroke={1.6} />
        <span>{t('shell.more')}</span>
      </UnstyledButton>
    </nav>
  )
}
