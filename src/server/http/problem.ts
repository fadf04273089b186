import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { NoIdentityError } from '#server/db/tx.ts'
import { issueWords } from './issue-words.ts'

export type Language = 'ru' | 'en'
export type Sentence = Record<Language, string>

/** A failure a person is told about, as RFC 9457. `type` is stable for programs, the sentence is for people. */
export class Problem extends Error {
  readonly status: number
  readonly type: string
  readonly sentence: Sentence
  readonly extra: Record<string, unknown>
  constructor(status: number, type: string, sentence: Sentence, extra: Record<string, unknown> = {}) {
    super(sentence.en)
    this.status = status
    this.type = type
    this.sentence = sentence
    this.extra = extra
  }
}

export const notFound = () =>
  new Problem(404, 'not-found', {
    ru: 'Не найдено: записи нет или она вам не видна.',
    en: 'Not found: there is no such record, or you may not see it.',
  })

/** 422 on one field, said by a rule the schema cannot know. `path` as in the input: `contacts.0.value`. */
export const invalid = (path: string, sentence: Sentence) =>
  new Problem(422, 'invalid', checkInput, { fields: [{ path, sentence }] })

const checkInput = { ru: 'Проверьте введённое.', en: 'Check what was entered.' }

/** Input that does not fit its contract: every issue, in the person's language. */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown, language: Language): z.output<T> {
  const parsed = schema.safeParse(input, { error: issueWords(language) })
  if (parsed.success) return parsed.data
  throw new Problem(422, 'invalid', checkInput, {
    errors: parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  })
}

const tongues = new WeakMap<FastifyRequest, { own: Language | null; company: Language | null }>()

/** Notes whose request this is: from now on he is answered in the language he chose. */
export const speak = (request: FastifyRequest, tongue: { own: Language | null; company: Language | null }) =>
  void tongues.set(request, tongue)

/** The language to answer in: the person's own setting, then the one his browser asks for, then the company's. */
export function languageOf(request: FastifyRequest): Language {
  const tongue = tongues.get(request)
  return tongue?.own ?? askedLanguage(request.headers['accept-language']) ?? tongue?.company ?? 'ru'
}

/** `de, en;q=0.8, ru;q=0.5` → en: the first of ours; browsers list them in order. */
function askedLanguage(header: string | undefined): Language | undefined {
  const asked = header
    ?.toLowerCase()
    .split(',')
    .map((part) => part.trim().slice(0, 2))
  return asked?.find((name): name is Language => name === 'ru' || name === 'en')
}

/** Turns any failure into application/problem+json; what is not foreseen is logged and told without detail. */
export function replyWithProblem(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const language = languageOf(request)
  const problem = aboutInput(error, request) ?? problemOf(error)
  if (problem.status >= 500) request.log.error(error)
  const { fields, ...extra } = problem.extra as { fields?: { path: string; sentence: Sentence }[] }
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  return reply
    .status(problem.status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: problem.type,
        title: problem.sentence[language],
        status: problem.status,
        ...(fields && {
          errors: fields.map(({ path, sentence }) => ({ path, message: sentence[language] })),
        }),
        ...extra,
      }),
    )
}

/** What the database refuses of the input, said by field: a reference to nothing, a character that no text may hold. */
function aboutInput(error: unknown, request: FastifyRequest): Problem | undefined {
  const { code, constraint } = error as { code?: string; constraint?: string }
  const given = { ...(request.query as object), ...(request.body as object | null | undefined) }
  if (code === '23503' && constraint) {
    // clients_owner_id_fkey → ownerId
    const field = Object.keys(given).find((key) =>
      constraint.endsWith(`_${key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_fkey`),
    )
    if (field) return invalid(field, { ru: 'Такой записи нет.', en: 'There is no such record.' })
  }
  if (code === '22021' || code === '22P05') {
    const fields = nulPaths(given)
    const sentence = { ru: 'В тексте есть нулевой символ.', en: 'The text holds a NUL character.' }
    if (fields.length > 0)
      return new Problem(422, 'invalid', checkInput, { fields: fields.map((path) => ({ path, sentence })) })
  }
  return undefined
}

const nulPaths = (value: unknown, path = ''): string[] =>
  typeof value === 'string'
    ? value.includes('\0')
      ? [path]
      : []
    : Object.entries(value ?? {}).flatMap(([key, part]) => nulPaths(part, path ? `${path}.${key}` : key))

export const contactsMasked = () =>
  new Problem(409, 'contacts-masked', {
    ru: 'Контакты этого клиента скрыты: сначала откройте их в карточке.',
    en: 'The contacts of this client are masked: open them in the card first.',
  })

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof NoIdentityError) return unauthenticated()
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  switch (code) {
    case 'P0002':
      return notFound()
    case 'KT002':
      return new Problem(409, 'last-head', {
        ru: 'Это последний действующий руководитель: сначала назначьте другого.',
        en: 'This is the last active head: appoint another one first.',
      })
    case 'KT003':
      return new Problem(409, 'already-reversed', {
        ru: 'Отменять нечего: это изменение уже отменено.',
        en: 'There is nothing to take back: this change was reversed already.',
      })
    case 'KT004':
      return new Problem(409, 'not-restorable', {
        ru: 'Вернуть нельзя: того, на что это ссылалось, уже нет, или передавать это не в ваших правах.',
        en: 'This cannot be brought back: what it referred to is gone, or it is not yours to give.',
      })
    case 'KT005':
      return new Problem(403, 'read-only', {
        ru: 'Вы замещаете этого сотрудника только для просмотра.',
        en: 'You stand in for this person to look only.',
      })
    case 'KT021':
      return new Problem(409, 'outside-account', {
        ru: 'Этот человек входит через каталог или провайдера: пароля здесь у него нет.',
        en: 'This person signs in through the directory or the provider: there is no password of his here.',
      })
    case 'KT022':
      return contactsMasked()
    case '25006':
      return onlyLooking()
    case '23505':
      return new Problem(409, 'already-exists', {
        ru: 'Такая запись уже есть.',
        en: 'Such a record exists already.',
      })
    case '23503':
      // Words of a foreign key must not betray a row the caller may not see.
      return new Problem(409, 'bad-reference', {
        ru: 'Запись ссылается на то, чего нет.',
        en: 'The record refers to something that is not there.',
      })
    case '23514':
    case '22P02':
    case '22007':
    case '22008':
    case '22003':
    case '22021':
    case '22P05':
      return new Problem(422, 'invalid', {
        ru: 'Проверьте введённое: значение не подходит.',
        en: 'Check what was entered: a value does not fit.',
      })
    case '42501':
      return new Problem(403, 'forbidden', {
        ru: 'Ваша роль этого не позволяет.',
        en: 'Your role does not allow this.',
      })
    case '53100':
      return new Problem(507, 'disk-full', {
        ru: 'На диске нет места: ничего не сохранено. Освободите место и повторите.',
        en: 'The disk is full: nothing was saved. Free some space and try again.',
      })
    case '40001':
    case '40P01':
      return new Problem(503, 'database-busy', {
        ru: 'Эти записи сейчас меняет кто-то ещё. Ничего не сохранено; повторите ещё раз.',
        en: 'Somebody else is changing these records right now. Nothing was saved; try once more.',
      })
    case '57P01':
    case '57P02':
    case '57P03':
    case 'ECONNREFUSED':
    case 'ENOENT':
    case 'ECONNRESET':
      return new Problem(503, 'database-away', {
        ru: 'База данных сейчас недоступна. Повторите через несколько секунд.',
        en: 'The database is not available right now. Try again in a few seconds.',
      })
  }
  if (statusCode === 413) {
    return new Problem(413, 'too-large', { ru: 'Слишком большой запрос.', en: 'The request is too large.' })
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new Problem(statusCode, 'bad-request', {
      ru: 'Запрос не разобрать: проверьте его формат.',
      en: 'The request cannot be read: check its format.',
    })
  }
  return new Problem(500, 'unexpected', {
    ru: 'Сбой на сервере. Ничего не потеряно; подробности в журнале сервера.',
    en: 'Something failed on the server. Nothing is lost; details are in the server log.',
  })
}

export const onlyLooking = () =>
  new Problem(403, 'only-looking', {
    ru: 'Вы смотрите глазами сотрудника: менять ничего нельзя, личное не показывается. Сначала вернитесь к себе.',
    en: 'You are looking through a colleague’s eyes: nothing can be changed and nothing personal is shown. Return to yourself first.',
  })

export const unauthenticated = () =>
  new Problem(401, 'signed-out', { ru: 'Войдите в систему.', en: 'Sign in.' })
