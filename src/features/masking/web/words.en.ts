import type { English } from '#web/i18n/english.ts'
import type { ru } from './words.ru.ts'

export const en: English<typeof ru> = {
  title: 'Contacts of others’ clients',
  why: 'Telephones, e-mail and addresses of clients that are not a person’s own are shown to him by half: “+7 495 ···-··-12”. He sees them whole once he opens them in the card: till the end of the day, and the journal says so. His own clients, and those he fully stands in for, are not concerned.',
  roles: 'Mask for',
  'role-manager': 'managers',
  'role-team-head': 'team heads (clients of their team are others’ too)',
  hidden: 'The contacts are masked: this is not your client.',
  open: 'Show the contacts',
  opened: 'The contacts are open till the end of the day',
}
