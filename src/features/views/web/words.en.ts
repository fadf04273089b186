import type { English } from '#web/i18n/english.ts'
import type { ru } from './words.ru.ts'

export const en: English<typeof ru> = {
  own: 'Mine',
  shared: 'Shared',
  save: 'Save as a view…',
  name: 'Name',
  share: 'Visible to everybody',
  delete: 'Delete “{{name}}”',
  views: 'Views',
}
