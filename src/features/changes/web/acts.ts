import { exists, t } from '#web/i18n/translation.ts'
import type { ChangeSet, UndoStep } from '#features/changes/contract.ts'

/** An act in words; one this version has no words for under its own name. A reversal says what it took or brought back. */
export function sayAct({
  act,
  reversedAct,
  depth,
}: {
  act: string
  reversedAct?: string | null
  depth?: number
}): string {
  const plain = nameOf(reversedAct ?? act)
  if (!reversedAct) return plain
  return t(depth !== undefined && depth % 2 === 0 ? 'changes.bring-back-of' : 'changes.take-back-of', {
    act: lowered(plain),
  })
}

function nameOf(act: string): string {
  const key = `changes.acts.${act.replace('.', '-')}`
  return exists(key) ? t(key as 'changes.acts.export') : act
}

/** For the middle of a sentence. */
export const lowered = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

/** A step of undo in words: «карточка изменена, ООО «Луч»». */
export const sayStep = ({ act, reversedAct, client }: UndoStep): string =>
  [lowered(nameOf(reversedAct ?? act)), client?.name].filter(Boolean).join(', ')

/** What the act names itself: a file. */
export const nameOfSubject = ({ details }: ChangeSet): string | null =>
  typeof details.name === 'string' ? details.name : null
