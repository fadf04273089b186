import { TARGETS, type Target } from '#features/imports/mapping.ts'
import { t } from '#web/i18n/translation.ts'

const groups = {
  client: (target: string) =>
    TARGETS.indexOf(target as (typeof TARGETS)[number]) <= TARGETS.indexOf('externalCode'),
  person: (target: string) => target.startsWith('person.'),
  address: (target: string) => target.startsWith('address.'),
  bank: (target: string) => ['account', 'bic', 'bank', 'corrAccount'].includes(target),
  contacts: () => true,
} as const

type Key = `imports.target.${'name'}`

/** A target as a person reads it; a field of the head's own by its title. */
export function targetTitle(target: Target, customFields: readonly { key: string; title: string }[]): string {
  if (target.startsWith('custom:'))
    return customFields.find(({ key }) => `custom:${key}` === target)?.title ?? target
  return t(`imports.target.${target.replace('.', '-')}` as Key)
}

/** What a column may become, in groups, as the options of a select. */
export function targetOptions(customFields: readonly { key: string; title: string }[]) {
  const grouped = Map.groupBy(TARGETS, (target) =>
    (Object.keys(groups) as (keyof typeof groups)[]).find((group) => groups[group](target))!,
  )
  const builtIn = (['client', 'contacts', 'person', 'address', 'bank'] as const).map((group) => ({
    group: t(`imports.group.${group}`),
    items: (grouped.get(group) ?? []).map((target) => ({
      value: target as string,
      label: targetTitle(target, customFields),
    })),
  }))
  if (customFields.length === 0) return builtIn
  const custom = customFields.map(({ key, title }) => ({ value: `custom:${key}`, label: title }))
  return [...builtIn, { group: t('imports.group.custom'), items: custom }]
}

/** Targets whose contacts have a «вид». */
export const kindOfTarget = (target: Target | null) =>
  target === 'phone' ||
  target === 'email' ||
  target === 'address' ||
  target === 'website' ||
  target === 'messenger' ||
  target === 'other'
    ? target
    : null
