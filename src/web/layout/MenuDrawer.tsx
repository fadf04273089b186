import { Drawer } from '@mantine/core'
import { useTranslation } from '#web/i18n/translation.ts'
import { Navigation, type NavigationItem } from './Navigation.tsx'

interface MenuDrawerProps {
  opened: boolean
  onClose: () => void
  title: string
  items: NavigationItem[]
}

/** The whole navigation over the screen, on a telephone. */
export function MenuDrawer({ opened, onClose, title, items }: MenuDrawerProps) {
  const { t } = useTranslation()
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      size={264}
      padding="sm"
      title={title}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Navigation items={items} onNavigate={onClose} />
    </Drawer>
  )
}
