import { sentences } from './sentences.ts'

export type Language = 'ru' | 'en'

/** The language of the environment: for the console only, a person's own language is his setting. */
export function systemLanguage(env: NodeJS.ProcessEnv = process.env): Language {
  const named = env.LC_ALL || env.LC_MESSAGES || env.LANG || Intl.DateTimeFormat().resolvedOptions().locale
  return /^ru/i.test(named) ? 'ru' : 'en'
}

export type Sentence = keyof (typeof sentences)['en']

/** An expected failure: a sentence for the person at the console, shown without a stack. */
export class Refusal extends Error {
  readonly reason: Sentence

  constructor(reason: Sentence, values: Record<string, string | number> = {}) {
    super(phrase(reason, values))
    this.name = 'Refusal'
    this.reason = reason
  }
}

/** One sentence of the console catalog in the language of the environment, `{name}` filled from `values`. */
export function phrase(key: Sentence, values: Record<string, string | number> = {}): string {
  const text: string = sentences[systemLanguage()][key]
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}
