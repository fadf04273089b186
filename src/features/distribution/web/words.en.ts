import type { English } from '#web/i18n/english.ts'
import type { ru } from './words.ru.ts'

export const en: English<typeof ru> = {
  title: 'New clients without an owner',
  active: 'Give them out at once',
  'active-why':
    'A client without an owner, from an import, a program or the form, gets a manager there and then.',
  way: 'To whom',
  ways: {
    rounds: 'In turn',
    region: 'By region',
    clients: 'Who has the fewest clients',
    plan: 'Who has the fewest open entries',
  },
  'ways-why': {
    rounds: 'One to each, round and round',
    region: 'Who has the region; where nobody has, who has the fewest clients',
    clients: 'Portfolios become even',
    plan: 'Plans become even',
  },
  teams: 'Among whom',
  'all-teams': 'All managers',
  'teams-why': 'Managers of these teams. Who is on holiday or ill gets nothing new.',
  regions: 'Who has which region',
  region: 'Region',
  person: 'Manager',
  'add-region': 'Another region',
  'remove-region': 'Remove the region',
  unsaved: 'The rule was changed and is not saved',
  unowned: 'Clients without an owner',
  none: 'Every client has an owner.',
  found_one: '{{number}} client has no owner. By the saved rule:',
  found_other: '{{number}} clients have no owner. By the saved rule:',
  'nobody-there': 'nobody to give to: no managers, or all are away.',
  'give-out': 'Give out',
  'sure-title_one': 'Give out {{number}} client?',
  'sure-title_other': 'Give out {{number}} clients?',
  sure: 'It is one change and can be taken back as a whole.',
  running: 'Giving clients out…',
  done_one: '{{number}} client given out',
  done_other: '{{number}} clients given out',
}
