import { t } from '#web/i18n/translation.ts'
import { confirm } from '#web/layout/confirm.tsx'

/** So many rows are an export: asked before they leave. */
export const askCopy = (way: 'clipboard' | 'print', rows: number): Promise<boolean> =>
  confirm({
    title: t(way === 'print' ? 'taking.print-title' : 'taking.copy-title', { count: rows }),
    text: t('taking.copy-text'),
    confirm: t(way === 'print' ? 'taking.print' : 'taking.copy'),
  })
