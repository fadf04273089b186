import { Button } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from '#web/i18n/translation.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <EmptyState
      icon={<IconMapOff size={22} />}
      title={t('shell.not-found-title')}
      text={t('shell.not-found-text')}
    >
      <Button component={Link} to="/" variant="default">
        {t('shell.to-start')}
      </Button>
    </EmptyState>
  )
}
