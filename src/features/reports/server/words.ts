import type { Dimension, State } from '#features/reports/contract.ts'

export type Language = 'ru' | 'en'

interface ReportWords {
  none: Record<Dimension, string>
  states: Record<State, string>
  dimensions: Record<Dimension, string>
  sheet: string
  group: string
  clients: string
  persons: string
  share: string
  total: string
  client: string
  person: string
  position: string
  noLabel: string
}

/** What the server itself writes: names of empty groups and heads of workbooks. */
export const reportWords: Record<Language, ReportWords> = {
  ru: {
    none: {
      manager: 'без ответственного',
      team: 'без команды',
      region: 'без региона',
      category: 'без категории',
      source: 'без источника',
      stage: 'без стадии',
    },
    states: {
      valid: 'верно',
      stale: 'устарело',
      doubtful: 'сомнительно',
      junk: 'негодно',
      missing: 'нет',
    },
    dimensions: {
      manager: 'Ответственный',
      team: 'Команда',
      region: 'Регион',
      category: 'Категория',
      source: 'Источник',
      stage: 'Стадия',
    },
    sheet: 'Контактная информация',
    group: 'Группа',
    clients: 'Клиентов',
    persons: 'Контактных лиц',
    share: 'доля',
    total: 'Итого',
    client: 'Клиент',
    person: 'Контактное лицо',
    position: 'Должность',
    noLabel: 'без вида',
  },
  en: {
    none: {
      manager: 'no owner',
      team: 'no team',
      region: 'no region',
      category: 'no category',
      source: 'no source',
      stage: 'no stage',
    },
    states: { valid: 'valid', stale: 'stale', doubtful: 'doubtful', junk: 'junk', missing: 'missing' },
    dimensions: {
      manager: 'Owner',
      team: 'Team',
      region: 'Region',
      category: 'Category',
      source: 'Source',
      stage: 'Stage',
    },
    sheet: 'Contact information',
    group: 'Group',
    clients: 'Clients',
    persons: 'Persons',
    share: 'share',
    total: 'Total',
    client: 'Client',
    person: 'Person',
    position: 'Position',
    noLabel: 'no label',
  },
}
