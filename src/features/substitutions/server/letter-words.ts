import type { Language } from '#server/http/problem.ts'

interface StandingWords {
  locale: string
  greeting: (name: string) => string
  briefSubject: (absent: string) => string
  brief: (absent: string, until: string) => string
  looksOnly: string
  figures: (clients: number, plan: number) => string
  plan: string
  talks: string
  digestSubject: string
  digest: (names: string) => string
  acts: (count: number, overdue: number) => string
  done: string
  nothingDone: string
  more: (count: number) => string
  openBrief: string
  openDigest: string
  switchOff: string
}

/** What letters of substitutions say, in the language of the one who reads them. */
export const standingWords: Record<Language, StandingWords> = {
  ru: {
    locale: 'ru-RU',
    greeting: (name) => `Здравствуйте, ${name}!`,
    briefSubject: (absent) => `Вы замещаете: ${absent}`,
    brief: (absent, until) => `Вы замещаете: ${absent}. Замещение закончится само: ${until}.`,
    looksOnly: 'Клиентов можно смотреть, но не менять.',
    figures: (clients, plan) => `Клиентов: ${clients}, открытых событий до конца замещения: ${plan}.`,
    plan: 'План',
    talks: 'Последние разговоры и заметки',
    digestSubject: 'С возвращением: что сделано за время замещения',
    digest: (names) => `Вас замещали: ${names}.`,
    acts: (count, overdue) => `Изменений: ${count}, просрочено сейчас: ${overdue}.`,
    done: 'Сделано',
    nothingDone: 'За это время событий не выполняли.',
    more: (count) => `и ещё ${count}`,
    openBrief: 'Открыть «Что нужно знать»',
    openDigest: 'Открыть «Что сделано за это время»',
    switchOff: 'Отключить письма можно в программе, в своей учётной записи.',
  },
  en: {
    locale: 'en-GB',
    greeting: (name) => `Good day, ${name}!`,
    briefSubject: (absent) => `You stand in for ${absent}`,
    brief: (absent, until) => `You stand in for ${absent}. It ends by itself: ${until}.`,
    looksOnly: 'The clients may be looked at, not changed.',
    figures: (clients, plan) => `Clients: ${clients}, open entries until the end: ${plan}.`,
    plan: 'The plan',
    talks: 'The last talks and notes',
    digestSubject: 'Welcome back: what was done while you were away',
    digest: (names) => `Who stood in for you: ${names}.`,
    acts: (count, overdue) => `Changes: ${count}, overdue now: ${overdue}.`,
    done: 'Done',
    nothingDone: 'No entries were done meanwhile.',
    more: (count) => `and ${count} more`,
    openBrief: 'Open what to know',
    openDigest: 'Open what was done meanwhile',
    switchOff: 'Letters can be switched off in the program, on your account’s page.',
  },
}
