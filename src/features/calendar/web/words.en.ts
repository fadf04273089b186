import type { English } from '#web/i18n/english.ts'
import type { ru } from './words.ru.ts'

export const en: English<typeof ru> = {
  title: 'Calendar',
  span: 'What to show',
  day: 'Day',
  week: 'Week',
  month: 'Month',
  back: 'Back',
  forth: 'Forth',
  today: 'Today',
  whose: 'Whose calendar',
  mine: 'Mine',
  team: 'Team: {{name}}',
  create: 'Plan something',
  entry: 'Event',
  overdue: 'Overdue',
  'whole-day': 'all day',
  more_one: '{{count}} more',
  more_other: '{{count}} more',
  entries_one: '{{count}} event',
  entries_other: '{{count}} events',
  done: 'done',
  late: 'overdue',
  cancelled: 'called off',
  keys: 'Drag a plan, or move it by Alt and an arrow. Press an empty place to plan something there.',
}
