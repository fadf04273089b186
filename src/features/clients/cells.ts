import { parseDay } from '#shared/days.ts'
import { byName, parseFlag, parseNumber } from '#shared/typed-values.ts'
import { isTimeZone } from '#shared/time-zone.ts'
import { CellRefusal, short } from './cell-refusal.ts'
import { type CellClient, customKey, draftsOf, isContacts, lineFields, splitTags } from './cell-text.ts'
import { withCell } from './contact-cells.ts'
import type { Client, ClientPatch, ContactDraft } from './contract.ts'
import { kindTitles } from './fields.ts'

type Sentence = Record<'ru' | 'en', string>

/** What the text of a cell is understood by; the same on both sides. */
export interface CellRules {
  /** Completes local phone numbers. */
  cityCode: string
  users: readonly { id: string; name: string }[]
  /** May the caller give a client to this person; null: leave it to nobody. */
  mayGiveTo(userId: string | null): boolean
  /** Empty where any word will do. */
  choicesOf(field: 'stage' | 'source' | 'category'): readonly string[]
  customFields: readonly {
    key: string
    title: string
    type: 'text' | 'number' | 'date' | 'choice' | 'flag'
    options: readonly string[]
  }[]
}

/**
 * What the text typed or pasted into a cell changes of its client. `contacts` are the client's own as earlier cells of the row left them.
 * @throws CellRefusal
 */
export function patchOfCell(
  client: CellClient,
  field: string,
  text: string,
  rules: CellRules,
  contacts: readonly ContactDraft[] = draftsOf(client.contacts),
): ClientPatch {
  if (text.includes('\0'))
    throw new CellRefusal('В тексте есть нулевой символ.', 'The text holds a NUL character.')
  if (isContacts(field)) return { contacts: withCell(contacts, field, text, rules.cityCode) }
  const key = customKey(field)
  if (key !== null) return { custom: { [key]: customValue(key, text.trim(), rules) } }
  const line = text.trim().replace(/\s*[\r\n]+\s*/g, ' ')
  switch (field) {
    case 'name':
      if (line === '')
        throw new CellRefusal('У клиента должно быть наименование.', 'A client must have a name.')
      return { name: short(line) }
    case 'comment':
      return { comment: short(text.trim(), 20_000) || null }
    case 'timeZone':
      if (line !== '' && !isTimeZone(line))
        unfit(`Часового пояса «${line}» нет.`, `There is no time zone “${line}”.`)
      return { timeZone: line || null }
    case 'kind':
      return { kind: kindOf(line) }
    case 'owner':
      return { ownerId: ownerOf(client, line, rules) }
    case 'isBuyer':
    case 'isSupplier':
      return { [field]: line === '' ? false : flagOf(line) }
    case 'categories':
      return { categories: tagsOf(text, rules) }
    case 'stage':
    case 'source':
      return {
        [field]:
          line === '' || line === client[field]
            ? line || null
            : choiceOf(short(line), rules.choicesOf(field)),
      }
  }
  if (!(lineFields as readonly string[]).includes(field))
    throw new CellRefusal('Этот столбец здесь не меняется.', 'This column cannot be changed here.')
  return { [field]: short(line) || null }
}

function choiceOf(text: string, options: readonly string[]): string {
  if (options.length === 0) return text
  return byName(options, text, (option) => option) ?? notAnOption(text)
}

const notAnOption = (text: string): never => {
  throw new CellRefusal(`Значения «${text}» нет в списке.`, `“${text}” is not on the list.`)
}

const kinds = Object.entries(kindTitles) as [Client['kind'], Sentence][]

const kindOf = (text: string): Client['kind'] =>
  kinds.find(([kind, title]) =>
    [kind, title.ru, title.en].some((name) => name.toLowerCase() === text.toLowerCase()),
  )?.[0] ?? notAnOption(text)

function ownerOf(client: CellClient, text: string, { users, mayGiveTo }: CellRules): string | null {
  const user =
    text === '' ? null : (users.find(({ id }) => id === text) ?? byName(users, text, ({ name }) => name))
  if (user === null && text !== '') {
    throw users.some(({ name }) => name === text)
      ? new CellRefusal(
          `Сотрудников «${text}» несколько: выберите в ячейке.`,
          `There are several colleagues “${text}”: choose in the cell.`,
        )
      : new CellRefusal(`Сотрудника «${text}» нет.`, `There is no colleague “${text}”.`)
  }
  const id = user?.id ?? null
  // Whose it is already stays so, also after he has left.
  if (id === client.ownerId || mayGiveTo(id)) return id
  throw new CellRefusal(
    id === null
      ? 'Оставить клиента без ответственного может только руководитель.'
      : 'Этому сотруднику вы не можете передать клиента.',
    id === null
      ? 'Only the head may leave a client without an owner.'
      : 'You cannot hand a client over to this colleague.',
  )
}

function flagOf(text: string): boolean {
  const flag = parseFlag(text)
  if (flag === null)
    throw new CellRefusal(`«${text}»: нужно «Да» или «Нет».`, `“${text}”: yes or no is wanted.`)
  return flag
}

function tagsOf(text: string, { choicesOf }: CellRules): string[] {
  const known = choicesOf('category')
  const tags = splitTags(text).map((tag) => byName(known, short(tag), (name) => name) ?? tag)
  if (tags.length > 50) throw new CellRefusal('Не больше 50 категорий.', '50 categories at the most.')
  return [...new Set(tags)]
}

function customValue(
  key: string,
  text: string,
  { customFields }: CellRules,
): string | number | boolean | null {
  const field = customFields.find((known) => known.key === key)
  if (!field) throw new CellRefusal('Такого поля нет.', 'There is no such field.')
  if (text === '') return null
  switch (field.type) {
    case 'number':
      return parseNumber(text) ?? unfit(`«${text}» — не число.`, `“${text}” is not a number.`)
    case 'date':
      return parseDay(text) ?? unfit(`«${text}» — не дата.`, `“${text}” is not a date.`)
    case 'flag':
      return flagOf(text)
    case 'choice':
      return byName(field.options, text, (option) => option) ?? notAnOption(text)
    case 'text':
      return short(text, 2000)
  }
}

const unfit = (ru: string, en: string): never => {
  throw new CellRefusal(ru, en)
}
