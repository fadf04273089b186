import { ActionIcon, Group, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react'
import { useTranslation } from '#web/i18n/translation.ts'
import { sayStep } from './acts.ts'
import { useUndo } from './use-undo.ts'

/** ↶ ↷: one's own last act back, and again; each says which act it would be. */
export function UndoButtons() {
  const { t } = useTranslation()
  const { undo, redo, step } = useUndo()
  const back = undo ? t('changes.undo.undo-what', { what: sayStep(undo) }) : t('changes.undo.nothing')
  const again = redo ? t('changes.undo.redo-what', { what: sayStep(redo) }) : t('changes.undo.nothing-redo')
  return (
    <Group gap={2} wrap="nowrap" className="no-print" role="group" aria-label={t('changes.undo.group')}>
      <Tooltip label={`${back} · Ctrl+Z`} multiline maw={340}>
        <ActionIcon
          size={32}
          aria-label={undo ? back : t('changes.undo.undo')}
          aria-disabled={!undo}
          data-disabled={!undo || undefined}
          onClick={() => step('back')}
        >
          <IconArrowBackUp size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`${again} · Ctrl+Y`} multiline maw={340}>
        <ActionIcon
          size={32}
          aria-label={redo ? again : t('changes.undo.redo')}
          aria-disabled={!redo}
          data-disabled={!redo || undefined}
          onClick={() => step('again')}
        >
          <IconArrowForwardUp size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}
