import { clientFields } from '#features/clients/fields.ts'
import type { Condition } from '#features/clients/filter.ts'
import { ContactKind } from '#shared/verdict.ts'
import { formatDate } from '#web/format.ts'
import type { Language } from '#web/i18n/language.ts'
import { t } from '#web/i18n/translation.ts'
import type { Dictionaries } from './use-dictionaries.ts'

type Op = Condition['op']

export interface FilterField {
  id: Condition['field']
  title: string
  ops: readonly Op[]
  /** What its values are chosen from; absent: typed. */
  options?: { value: string; label: string }[]
  input: 'text' | 'date' | 'number'
}

const texts: Op[] = ['contains', 'starts', 'is', 'not', 'empty', 'filled']
const chosen: Op[] = ['is', 'not', 'empty', 'filled']
const ranges: Op[] = ['from', 'to', 'empty', 'filled']
const states = ['valid', 'doubtful', 'junk', 'missing'] as const

/** Every field a filter may name, with the operations and values it knows. */
export function filterFields(dictionaries: Dictionaries, language: Language): FilterField[] {
  const named = (values: readonly string[]) => values.map((value) => ({ value, label: value }))
  const stateOptions = states.map((state) => ({ value: state, label: t(`clients.state.${state}`) }))
  const people = dictionaries.users
    .filter((user) => user.role !== 'admin')
    .map((user) => ({ value: user.id, label: user.name }))
  const yesNo = [
    { value: 'true', label: t('clients.yes') },
    { value: 'false', label: t('clients.no') },
  ]
  const builtIn = clientFields.flatMap(({ id, title }): FilterField[] => {
    const field = { id: id as FilterField['id'], title: title[language] }
    if (ContactKind.safeParse(id).success) {
      return [
        {
          ...field,
          ops: ['state', 'contains', 'empty', 'filled', 'lacking'],
          options: stateOptions,
          input: 'text',
        },
      ]
    }
    switch (id) {
      case 'people':
      case 'managers':
        return []
      case 'owner':
        return [
          {
            ...field,
            ops: ['is', 'not'],
            input: 'text',
            options: [
              { value: 'me', label: t('clients.me') },
              { value: 'none', label: t('clients.nobody') },
              ...people,
            ],
          },
        ]
      case 'stage':
      case 'source':
        return [{ ...field, ops: chosen, input: 'text', options: named(dictionaries.choicesOf(id)) }]
      case 'categories':
        return [{ ...field, ops: chosen, input: 'text', options: named(dictionaries.choicesOf('category')) }]
      case 'kind':
        return []
      case 'isBuyer':
      case 'isSupplier':
        return [{ ...field, ops: ['is'], input: 'text', options: yesNo }]
      case 'created':
      case 'changed':
      case 'nextPlan':
        return [{ ...field, ops: id === 'nextPlan' ? ranges : ['from', 'to'], input: 'date' }]
      case 'lastContact':
        return [{ ...field, ops: ['silent', ...ranges], input: 'date' }]
      case 'no':
        return [{ ...field, ops: ['is', 'from', 'to'], input: 'number' }]
      default:
        return [{ ...field, ops: texts, input: 'text' }]
    }
  })
  const ofPeople: FilterField[] = [
    {
      id: 'person',
      title: t('clients.field-extra.person'),
      ops: ['contains', 'empty', 'filled'],
      input: 'text',
    },
    {
      id: 'position',
      title: t('clients.field-extra.position'),
      ops: ['contains', 'empty', 'filled'],
      input: 'text',
    },
    {
      id: 'birthday',
      title: t('clients.field-extra.birthday'),
      ops: ['is', 'from', 'to', 'empty', 'filled'],
      input: 'date',
    },
    {
      id: 'manager',
      title: t('clients.field-extra.manager'),
      ops: ['is', 'not'],
      input: 'text',
      options: people,
    },
    {
      id: 'team',
      title: t('clients.field-extra.team'),
      ops: ['is', 'not'],
      input: 'text',
      options: dictionaries.teams.map((team) => ({ value: team.id, label: team.name })),
    },
  ]
  const custom = dictionaries.customFields.map(({ key, title, type, options }): FilterField => ({
    id: `custom.${key}`,
    title,
    ops:
      type === 'number' || type === 'date'
        ? ['is', ...ranges]
        : type === 'choice' || type === 'flag'
          ? chosen
          : texts,
    input: type === 'number' ? 'number' : type === 'date' ? 'date' : 'text',
    ...(type === 'choice' && { options: named(options) }),
    ...(type === 'flag' && { options: yesNo }),
  }))
  return [...builtIn, ...ofPeople, ...custom]
}

export const needsNoValue = (op: Op) =>
  op === 'empty' || op === 'filled' || op === 'lacking' || op === 'silent'

/** An operation as it is said of a field: of the next plan «без следующего шага», not «пусто». */
export const opWord = (field: Condition['field'], op: Op): string =>
  field === 'nextPlan' && (op === 'empty' || op === 'filled')
    ? t(`clients.next-step.${op}`)
    : t(`clients.op.${op}`)

/** A condition as a person reads it: «Регион равно Тверь», «Без следующего шага». */
export function conditionText(condition: Condition, fields: readonly FilterField[]): string {
  const field = fields.find((known) => known.id === condition.field)
  const title = field?.title ?? condition.field
  if (needsNoValue(condition.op)) {
    const said = opWord(condition.field, condition.op)
    return condition.field === 'nextPlan' ? said : `${title}: ${said}`
  }
  const values = (Array.isArray(condition.value) ? condition.value : [condition.value]).map((value) => {
    const label = field?.options?.find((option) => option.value === String(value))?.label
    return (
      label ??
      (field?.input === 'date' && value !== undefined ? formatDate(String(value)) : String(value ?? ''))
    )
  })
  const operation =
    condition.op === 'is' || condition.op === 'state' ? '' : ` ${t(`clients.op.${condition.op}`)}`
  return `${title}${operation}: ${values.join(', ')}`
}
