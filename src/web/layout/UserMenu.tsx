import { Avatar, Popover, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Language } from '#web/i18n/language.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import type { Me } from '#web/session.ts'
import { useBrought } from '#web/use-brought.ts'
import classes from './UserMenu.module.css'

const bringItems = async () => (await import('./UserMenuItems.tsx')).UserMenuItems

export interface UserMenuProps {
  me: Me
  onSignOut: () => void
  /** Stores the language as the person's own setting. */
  onLanguage: (language: Language) => void
}

/** Who is signed in, and his own switches. */
export function UserMenu(props: UserMenuProps) {
  const { me } = props
  const { t } = useTranslation()
  const [opened, menu] = useDisclosure(false)
  const [Items, bring] = useBrought(bringItems)
  return (
    <Popover opened={opened} onChange={menu.close} position="bottom-end" width={264} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes.target!} onClick={() => bring(menu.toggle)}>
          <Avatar size={28} name={me.name} color="accent" aria-hidden />
          <span className={classes.name}>{me.name}</span>
          <VisuallyHidden>{t('shell.user-menu')}</VisuallyHidden>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={6} aria-label={t('shell.user-menu')}>
        {Items && <Items {...props} onClose={menu.close} />}
      </Popover.Dropdown>
    </Popover>
  )
}
