import { lazy, Suspense } from 'react'
import { t } from '#web/i18n/translation.ts'
import { bringModals } from '#web/layout/modals.ts'
import type { Conflict, Whose } from './ConflictForm.tsx'

const ConflictForm = lazy(async () => ({ default: (await import('./ConflictForm.tsx')).ConflictForm }))

/** Asks whose value stays, field by field. Closed without an answer: what is in the base stays. */
export async function askWhose(
  conflict: Conflict,
  title: string = t('clients.conflict-title'),
): Promise<Record<string, Whose>> {
  const modals = await bringModals()
  return new Promise((resolve) => {
    const id = modals.open({
      title,
      size: 'lg',
      closeButtonProps: { 'aria-label': t('shell.close') },
      onClose: () => resolve({}),
      children: (
        <Suspense fallback={null}>
          <ConflictForm
            conflict={conflict}
            onAnswer={(choices) => {
              resolve(choices)
              modals.close(id)
            }}
          />
        </Suspense>
      ),
    })
  })
}
