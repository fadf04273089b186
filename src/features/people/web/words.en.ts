import type { English } from '#web/i18n/english.ts'
import type { ru } from './words.ru.ts'

export const en: English<typeof ru> = {
  'sign-in': 'Sign in',
  'sign-in-act': 'Sign in',
  email: 'E-mail',
  password: 'Password',
  'show-password': 'Show the password',
  'new-password': 'New password',
  welcome: 'Welcome',
  'invited-to': 'You are invited to the client base of “{{company}}”. Choose a password to enter.',
  'choose-password': 'Choose a password',
  'password-rule': 'At least 10 characters. A long phrase is safer than a tricky word.',
  enter: 'Save and enter',
  invitation: 'Invitation',
  'link-spent': 'This link no longer works',
  'link-spent-text':
    'Each link opens once and for a short time. Ask the head or the administrator for a new one.',
}
