import type { English } from '#web/i18n/english.ts'
import type { ru } from './words.ru.ts'

export const en: English<typeof ru> = {
  title: 'Canary clients',
  why: 'A client that does not exist. To a manager it looks like any other; you get an alarm when it turns up in a file, on paper or in the clipboard, or when somebody works with it. Letters of outsiders reach your address: so you see that the base was carried away.',
  counted:
    'Reports and indicators count such clients like all others: a manager would notice the difference.',
  inn: 'The tax number of a made-up client passes the checksum, but no tax office has that code: the register does not know it. That is a trace, as are the day it was made and your name in its history; a client marked by hand has none.',
  email: 'An address colleagues do not know of',
  'email-why':
    'Each client gets an address of its own: kontrol+sklad17@yandex.ru. Its letters arrive in the box kontrol@yandex.ru.',
  phone: 'A telephone colleagues do not know of',
  make: 'Make one for each manager',
  made_one: '{{count}} client made',
  made_other: '{{count}} clients made',
  'made-none': 'Every manager has a canary client already',
  client: 'Client',
  owner: 'Whose',
  since: 'Since',
  alarms: 'Alarms',
  'by-hand': 'marked by hand',
  archived: 'archived',
  nobody: 'nobody’s',
  unmark: 'No canary any more',
  'unmark-one': 'No canary any more: {{name}}',
  mark: 'Make it a canary',
  is: 'A canary client',
}
