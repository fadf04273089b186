import type { Alarm } from '#features/alarms/contract.ts'
import { formatNumber } from '#web/format.ts'
import { exists, t } from '#web/i18n/translation.ts'

/** A kind of alarm in words; one this version has no words for under its own name. */
export function sayKind(kind: string): string {
  const key = `alarms.kinds.${kind.replace('.', '-')}`
  return exists(key) ? t(key as 'alarms.kinds.canary-exported') : kind
}

/** What is known beside the kind: how, how many rows, how often. */
export function factsOf({ details, times }: Pick<Alarm, 'details' | 'times'>): string[] {
  const count = (value: unknown) => (typeof value === 'number' ? value : undefined)
  const [rows, cards, usual] = [count(details.rows), count(details.cards), count(details.usual)]
  const way = `alarms.ways.${String(details.way)}`
  return [
    ...(exists(way) ? [t(way as 'alarms.ways.export')] : []),
    ...(rows === undefined ? [] : [t('alarms.rows', { count: rows })]),
    ...(cards === undefined ? [] : [t('alarms.cards', { count: cards })]),
    ...(usual === undefined ? [] : [t('alarms.usual', { number: formatNumber(usual) })]),
    ...(times > 1 ? [t('alarms.times', { count: times })] : []),
  ]
}
