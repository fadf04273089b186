import { ActionIcon, Burger, Kbd, UnstyledButton } from '@mantine/core'
import { useDisclosure, useLocalStorage } from '@mantine/hooks'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconSearch } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useRef } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { useEver } from '#web/use-ever.ts'
import { BottomBar } from './BottomBar.tsx'
import { Logo } from './Logo.tsx'
import { Navigation, type NavigationItem } from './Navigation.tsx'
import classes from './Shell.module.css'

const MenuDrawer = lazy(async () => ({ default: (await import('./MenuDrawer.tsx')).MenuDrawer }))

interface ShellProps {
  company: string
  navigation: NavigationItem[]
  userMenu: ReactNode
  /** What must not be overlooked, beside the menu of the person. */
  notice?: ReactNode
  /** A line over everything, as long as it is so. */
  banner?: ReactNode
  onSearch: () => void
  children: ReactNode
}

/** The frame around every screen of a signed-in person. */
export function Shell({ company, navigation, userMenu, notice, banner, onSearch, children }: ShellProps) {
  const { t } = useTranslation()
  const [narrow, setNarrow] = useLocalStorage({ key: 'kartoteka.navigation-narrow', defaultValue: false })
  const [opened, burger] = useDisclosure(false)
  const everOpened = useEver(opened)
  const main = useRef<HTMLElement>(null)

  return (
    <div className={classes.shell} data-narrow={narrow || undefined}>
      <a
        href="#main"
        className={classes.skip}
        onClick={(event) => (event.preventDefault(), main.current?.focus())}
      >
        {t('shell.skip')}
      </a>
      <header className={`${classes.header} no-print`}>
        <Burger
          className={classes.burger!}
          size="xs"
          opened={opened}
          onClick={burger.toggle}
          aria-label={t('shell.menu')}
        />
        <SearchButton onSearch={onSearch} />
        <div className={classes.user}>
          {notice}
          {userMenu}
        </div>
      </header>
      <aside className={`${classes.side} no-print`}>
        <div className={classes.company}>
          <Logo />
          {!narrow && <span className={classes.companyName}>{company}</span>}
        </div>
        <Navigation items={navigation} narrow={narrow} />
        <ActionIcon
          className={classes.collapse!}
          onClick={() => setNarrow(!narrow)}
          aria-label={t(narrow ? 'shell.widen' : 'shell.narrow')}
          aria-pressed={narrow}
        >
          {narrow ? <IconLayoutSidebarLeftExpand size={18} /> : <IconLayoutSidebarLeftCollapse size={18} />}
        </ActionIcon>
      </aside>
      <Suspense fallback={null}>
        {everOpened && (
          <MenuDrawer opened={opened} onClose={burger.close} title={company} items={navigation} />
        )}
      </Suspense>
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        {banner}
        {children}
      </main>
      <BottomBar items={navigation} onMore={burger.open} />
    </div>
  )
}

function SearchButton({ onSearch }: { onSearch: () => void }) {
  const { t } = useTranslation()
  return (
    <UnstyledButton className={classes.search!} onClick={onSearch}>
      <IconSearch size={15} stroke={1.8} />
      <span className={classes.searchText}>{t('shell.search')}</span>
      <Kbd size="xs" className={classes.kbd!}>
        Ctrl K
      </Kbd>
    </UnstyledButton>
  )
}
