import { Divider, NavLink, SegmentedControl, Text, useMantineColorScheme } from '@mantine/core'
import { IconDeviceLaptop, IconLogout } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from '#web/i18n/translation.ts'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import type { UserMenuProps } from './UserMenu.tsx'
import classes from './UserMenu.module.css'

/** What stands in the menu of the person. */
export function UserMenuItems({
  me,
  onSignOut,
  onLanguage,
  onClose,
}: UserMenuProps & { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <>
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
        onClick={onClose}
      />
      <NavLink
        component="button"
        className={classes.link!}
        label={t('shell.sign-out')}
        leftSection={<IconLogout size={16} />}
        onClick={onSignOut}
      />
    </>
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
