import { Text } from '@mantine/core'
import { t } from '#web/i18n/translation.ts'
import type { ReactNode } from 'react'
import { bringModals } from './modals.ts'

interface Question {
  title: string
  text: ReactNode
  /** The verb of the act: «Удалить», not «ОК». */
  confirm: string
  /** What leaves everything as it is, where «Отмена» would be taken for the act itself. */
  leave?: string
  danger?: boolean
}

/** Asks before an act that is hard to take back; resolves to the answer. */
export async function confirm({ title, text, confirm, leave, danger = false }: Question): Promise<boolean> {
  const modals = await bringModals()
  return new Promise((resolve) =>
    modals.openConfirmModal({
      title,
      children: typeof text === 'string' ? <Text size="sm">{text}</Text> : text,
      labels: { confirm, cancel: leave ?? t('shell.cancel') },
      confirmProps: danger ? { color: 'red' } : {},
      onConfirm: () => resolve(true),
      onCancel: () => resolve(false),
      onClose: () => resolve(false),
    }),
  )
}
