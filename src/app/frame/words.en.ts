import type { English } from '#web/i18n/english.ts'
import type { ru } from './words.ru.ts'

export const en: English<typeof ru> = {
  'looking-as': 'You are looking as {{name}}, until {{until}}. Nothing can be changed.',
  'look-back': 'Back to myself',
  calendar: 'Calendar',
  day: 'My day',
  clients: 'Clients',
  'contact-info': 'Contact information',
  'contact-info-short': 'Report',
  'day-sheets': 'Day sheets',
  'fill-requests': 'Requests to fill in',
  indicators: 'Indicators',
  imports: 'Imports',
  alarms: 'Alarms',
  team: 'Team',
  settings: 'Settings',
  'time-machine': 'Time machine',
  journal: 'Journal',
  taking: 'Who takes what',
  'sign-ins': 'Sign-ins',
}
