import type { Language } from '#server/http/problem.ts'

interface Words {
  greeting: (name: string) => string
  subject: (count: number) => string
  open: string
  somebody: string
  kinds: Record<string, (user: string, client: string) => string>
}

/** What a letter says of alarms, in the language of the one who reads it. */
export const alarmWords: Record<Language, Words> = {
  ru: {
    greeting: (name) => `Здравствуйте, ${name}!`,
    subject: (count) => (count === 1 ? 'Тревога в клиентской базе' : `Тревоги в клиентской базе: ${count}`),
    open: 'Открыть «Тревоги»',
    somebody: 'Кто-то',
    kinds: {
      'canary.exported': (user, client) => `${user}: контрольный клиент «${client}» попал в выгрузку`,
      'canary.written': (user, client) => `${user}: с контрольным клиентом «${client}» начали работать`,
      'canary.changed': (user, client) => `${user}: контрольного клиента «${client}» изменили`,
      'reading.unusual': (user) => `${user}: открывает необычно много карточек`,
    },
  },
  en: {
    greeting: (name) => `Good day, ${name}!`,
    subject: (count) => (count === 1 ? 'An alarm in the client base' : `Alarms in the client base: ${count}`),
    open: 'Open Alarms',
    somebody: 'Somebody',
    kinds: {
      'canary.exported': (user, client) => `${user}: the canary client ${client} turned up in an export`,
      'canary.written': (user, client) => `${user}: somebody works with the canary client ${client}`,
      'canary.changed': (user, client) => `${user}: the canary client ${client} was changed`,
      'reading.unusual': (user) => `${user}: opens unusually many cards`,
    },
  },
}

/** One alarm in a sentence; a kind without words is named as it is. */
export function sayAlarm(
  { kind, user, client }: { kind: string; user: string | null; client: string | null },
  language: Language,
): string {
  const words = alarmWords[language]
  const who = user ?? words.somebody
  return words.kinds[kind]?.(who, client ?? '') ?? `${who}: ${kind}`
}
