import type { ChangeSet } from '#features/changes/contract.ts'
import { exists, t } from '#web/i18n/translation.ts'
import { ru } from './words.ru.ts'

type ActWord = keyof typeof ru.acts

/** Acts the journal can be narrowed to, as the contract names them. */
export const knownActs = (Object.keys(ru.acts) as ActWord[]).map((word) => word.replace('-', '.'))

/** An act in words; one this version has no words for under its own name. */
export function sayAct(act: string): string {
  const key = `changes.acts.${act.replace('.', '-')}`
  return exists(key) ? t(key as 'changes.acts.export') : act
}

/** What the act names itself: a file. */
export const nameOfSubject = ({ details }: ChangeSet): string | null =>
  typeof details.name === 'string' ? details.name : null
