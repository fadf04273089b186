import {
  Avatar,
  Divider,
  NavLink,
  Popover,
  SegmentedControl,
  Text,
  UnstyledButton,
  useMantineColorScheme,
  VisuallyHidden,
} from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDeviceLaptop, IconLogout } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Language } from '#web/i18n/language.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import type { Me } from '#web/session.ts'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import classes from './UserMenu.module.css'

interface UserMenuProps {
  me: Me
  onSignOut: () => void
  /** Stores the language as the person's own setting. */
  onLanguage: (language: Language) => void
}

/** Who is signed in, and his own switches. */
export function UserMenu({ me, onSignOut, onLanguage }: UserMenuProps) {
  const { t } = useTranslation()
  const [opened, menu] = useDisclosure(false)
  return (
    <Popover opened={opened} onChange={menu.close} position="bottom-end" width={264} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes.target!} onClick={menu.toggle}>
          <Avatar size={28} name={me.name} color="accent" aria-hidden />
          <span className={classes.name}>{me.name}</span>
          <VisuallyHidden>{t('shell.user-menu')}</VisuallyHidden>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={6} aria-label={t('shell.user-menu')}>
        <div className={classes.who}>
          <Text size="sm" fw={500} truncate>
            {me.name}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {me.email}
          </Text>
          <Text size="xs" c="dimmed">
            {t(`role.${me.role}`)}
          </Text>
        </div>
        <Divider my={4} />
        <ThemeSwitch />
        <div className={classes.row}>
          <LanguageSwitch onLanguage={onLanguage} />
        </div>
        <Divider my={4} />
        <NavLink
          component={Link}
          to="/account"
          className={classes.link!}
          label={t('shell.account')}
          leftSection={<IconDeviceLaptop size={16} />}
          onClick={menu.close}
        />
        <NavLink
          component="button"
          className={classes.link!}
          label={t('shell.sign-out')}
          leftSection={<IconLogout size={16} />}
          onClick={onSignOut}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

function ThemeSwitch() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const schemes = (['auto', 'light', 'dark'] as const).map((value) => ({
    value,
    label: t(`shell.theme-${value}`),
  }))
  return (
    <div className={classes.row}>
      <SegmentedControl
        fullWidth
        size="xs"
        data={schemes}
        value={colorScheme}
        onChange={(value) => setColorScheme(value as typeof colorScheme)}
        aria-label={t('shell.theme')}
      />
    </div>
  )
}
