import { Problem } from '#server/http/problem.ts'

/** Somebody whom the directory or the provider has vouched for this moment. */
export interface OutsidePerson {
  source: 'directory' | 'provider'
  /** Whose `subject` it is: the provider's issuer; of the one directory `directory`. */
  issuer: string
  /** Never changes and is never given to another. */
  subject: string
  /** What he calls himself there; for people to read. */
  login: string
  email: string | null
  emailVerified: boolean
  name: string
  groups: string[]
}

/** Why somebody who proved who he is does not get in all the same. */
export const refusals = {
  'access-closed': {
    ru: 'Доступ к базе для вас закрыт. Обратитесь к руководителю.',
    en: 'Your access to the base is closed. Ask your head.',
  },
  'no-group': {
    ru: 'Ваши группы не дают входа в эту базу. Обратитесь к руководителю.',
    en: 'Your groups give no access to this base. Ask your head.',
  },
  'no-email': {
    ru: 'В вашей учётной записи не указана почта: без неё вход не открыть.',
    en: 'Your account outside has no e-mail: without one it cannot be let in.',
  },
  'email-unverified': {
    ru: 'Почта вашей учётной записи не подтверждена: подтвердите её там, откуда входите.',
    en: 'The e-mail of your account is not verified: verify it where you sign in.',
  },
  'email-taken': {
    ru: 'Человек с такой почтой здесь уже есть. Попросите руководителя разрешить связать вашу учётную запись с ним.',
    en: 'There is a person with this e-mail here already. Ask the head to permit linking your account.',
  },
} as const

export type RefusalReason = keyof typeof refusals

export const notAdmitted = (reason: RefusalReason) => new Problem(403, reason, refusals[reason])
