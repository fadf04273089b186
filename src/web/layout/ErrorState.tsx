import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from '#web/i18n/translation.ts'
import { problemOf } from '#web/problem.ts'
import { EmptyState } from './EmptyState.tsx'

/** What a screen shows when its data could not be read. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const { t } = useTranslation()
  return (
    <div role="alert">
      <EmptyState
        icon={<IconAlertTriangle size={22} />}
        title={t('shell.error-title')}
        text={problemOf(error).message}
      >
        {onRetry && (
          <Button variant="default" onClick={onRetry}>
            {t('shell.retry')}
          </Button>
        )}
      </EmptyState>
    </div>
  )
}
