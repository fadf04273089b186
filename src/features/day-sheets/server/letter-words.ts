import type { Language } from '#server/http/problem.ts'

interface LetterWords {
  locale: string
  morningSubject: (day: string) => string
  daySubject: (day: string) => string
  greeting: (name: string) => string
  today: (count: number) => string
  noPlan: string
  overdue: (count: number) => string
  reminders: string
  bell: (time: string) => string
  unattended: string
  birthdays: string
  turns: (years: number) => string
  requests: string
  inPlaceOf: (name: string) => string
  left: (left: number, clients: number) => string
  dueBy: (day: string) => string
  late: string
  more: (count: number) => string
  wholeDay: string
  open: string
  openSheets: string
  switchOff: string
  closed: string
  comments: string
}

const many = (count: number, one: string, few: string, other: string) => {
  const [units, tens] = [count % 10, count % 100]
  if (units === 1 && tens !== 11) return one
  return units >= 2 && units <= 4 && (tens < 12 || tens > 14) ? few : other
}

/** What letters say, in the language of the one who reads them. */
export const letterWords: Record<Language, LetterWords> = {
  ru: {
    locale: 'ru-RU',
    morningSubject: (day) => `План на сегодня: ${day}`,
    daySubject: (day) => `Лист дня: ${day}`,
    greeting: (name) => `Здравствуйте, ${name}!`,
    today: (count) => `Сегодня: ${count} ${many(count, 'дело', 'дела', 'дел')}`,
    noPlan: 'На сегодня ничего не запланировано.',
    overdue: (count) => `Просрочено: ${count} ${many(count, 'дело', 'дела', 'дел')}`,
    reminders: 'Просили напомнить сегодня',
    bell: (time) => `напоминание в ${time}`,
    unattended: 'Никто не замещает',
    birthdays: 'Дни рождения',
    turns: (years) => `${years} ${many(years, 'год', 'года', 'лет')}`,
    requests: 'Просят дополнить',
    inPlaceOf: (name) => `замещение: ${name}`,
    left: (left, clients) => `осталось ${left} из ${clients}`,
    dueBy: (day) => `до ${day}`,
    late: 'срок прошёл',
    more: (count) => `и ещё ${count}`,
    wholeDay: 'весь день',
    open: 'Открыть «Мой день»',
    openSheets: 'Открыть листы дня',
    switchOff: 'Отключить письма можно в программе, в своей учётной записи.',
    closed: 'Закрыт',
    comments: 'Комментарии',
  },
  en: {
    locale: 'en-GB',
    morningSubject: (day) => `The plan of today: ${day}`,
    daySubject: (day) => `Day sheet: ${day}`,
    greeting: (name) => `Good day, ${name}!`,
    today: (count) => `Today: ${count}`,
    noPlan: 'Nothing is planned for today.',
    overdue: (count) => `Overdue: ${count}`,
    reminders: 'To be reminded of today',
    bell: (time) => `reminder at ${time}`,
    unattended: 'Nobody stands in',
    birthdays: 'Birthdays',
    turns: (years) => `turns ${years}`,
    requests: 'You are asked to fill in',
    inPlaceOf: (name) => `standing in for ${name}`,
    left: (left, clients) => `${left} of ${clients} left`,
    dueBy: (day) => `by ${day}`,
    late: 'the day has passed',
    more: (count) => `and ${count} more`,
    wholeDay: 'the whole day',
    open: 'Open My day',
    openSheets: 'Open the day sheets',
    switchOff: 'Letters can be switched off in the program, on your account’s page.',
    closed: 'Closed',
    comments: 'Comments',
  },
}

/** `25 ноября, среда`: a calendar day in words. */
export const dayInWords = (day: string, language: Language) =>
  new Intl.DateTimeFormat(letterWords[language].locale, {
    day: 'numeric',
    month: 'long',
    weekday: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`))

/** `25 ноября` */
export const shortDay = (day: string, language: Language) =>
  new Intl.DateTimeFormat(letterWords[language].locale, {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`))
