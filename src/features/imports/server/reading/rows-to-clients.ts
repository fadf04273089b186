import type { Mapping, MappingColumn } from '#features/imports/mapping.ts'
import { type CompanyName, parseCompanyName } from '#shared/company-names.ts'
import type { ContactContext, ParsedContact } from '#shared/contact.ts'
import { repairMojibake } from '#shared/mojibake.ts'
import { judgeInn, judgeKpp, judgeOgrn, judgeOkpo } from '#shared/tax-numbers.ts'
import { cleanText } from '#shared/text.ts'
import { isPlaceholder, type Verdict } from '#shared/verdict.ts'
import { parseMoment } from './cell-dates.ts'
import { isFlag, parseFlag } from './cell-flags.ts'
import type { CellVerdict, DraftClient, RowResult } from './draft.ts'
import { accountsOfRow } from './row-accounts.ts'
import { addressesOfRow, type AddressCell } from './row-addresses.ts'
import { contactsOfCell } from './row-contacts.ts'
import { addPersonCell, joinLines, judgeBirthday, type PersonCells, peopleOf } from './row-people.ts'
import { skipReason } from './skip-row.ts'

/** The longest line a field of a client holds; what is longer goes on in the comment. */
const LINE = 500

/** What one row of a table says of a client, judged cell by cell by the rules of form and API. Pure. */
export function rowToClient(
  mapping: Mapping,
  number: number,
  cells: string[],
  context: ContactContext,
): RowResult {
  const skip = skipReason(number, cells, mapping)
  if (skip) return { number, skip, problem: null, draft: null, cells: [] }
  const row = new RowReader(context)
  for (const column of mapping.columns) {
    const cell = cells[column.index]
    if (column.target === null || cell === undefined || cell === '' || cell.trim() === '') continue
    row.read(column, repairMojibake(cell))
  }
  const draft = row.client()
  return { number, skip: null, problem: draft ? null : 'row.nobody-named', draft, cells: row.verdicts }
}

const NUMBERS = { inn: judgeInn, innKpp: judgeInn, kpp: judgeKpp, ogrn: judgeOgrn, okpo: judgeOkpo }
const WORST: Verdict[] = ['ok', 'fixed', 'doubtful', 'junk']

interface OwnedContacts {
  column: MappingColumn
  contacts: ParsedContact[]
}

class RowReader {
  readonly verdicts: CellVerdict[] = []
  private readonly context: ContactContext
  private readonly text = new Map<string, string>()
  private readonly comments: string[] = []
  private readonly categories: string[] = []
  private readonly custom: Record<string, string> = {}
  private readonly entered: Record<string, string> = {}
  private readonly contacts: OwnedContacts[] = []
  private readonly addresses: AddressCell[] = []
  private readonly people = new Map<number, PersonCells>()
  private readonly bank: { target: string; raw: string }[] = []
  private innHolds = false
  private company: CompanyName | null = null

  constructor(context: ContactContext) {
    this.context = context
  }

  read(column: MappingColumn, raw: string) {
    const target = column.target!
    if (target in NUMBERS) return this.readNumber(column, raw, target as keyof typeof NUMBERS)
    if (target.startsWith('person.')) return this.readPerson(column, raw)
    if (target.startsWith('address')) return this.addresses.push({ column, raw })
    if (target.startsWith('custom:')) this.custom[target.slice(7)] = cleanText(raw)
    switch (target) {
      case 'phone':
      case 'email':
      case 'website':
      case 'messenger':
      case 'other':
      case 'contacts':
        return this.readContacts(column, raw)
      case 'phone.extension':
        return this.readExtension(column, raw)
      case 'account':
      case 'bic':
      case 'bank':
      case 'corrAccount':
        return this.bank.push({ target, raw })
      case 'comment':
        this.comments.push(cleanText(raw))
        break
      case 'note':
        this.comments.push(`${column.header === '' ? '' : `${column.header}: `}${cleanText(raw)}`)
        break
      case 'categories':
        this.categories.push(...splitList(raw))
        break
      case 'createdAt':
        return this.readMoment(column, raw)
      default:
        return this.readText(column, raw)
    }
    this.judge(column, 'ok')
  }

  /** The client, or null when the row names neither him nor a person. */
  client(): DraftClient | null {
    const people = [...this.people.keys()]
      .toSorted((a, b) => a - b)
      .map((key) => ({ key, found: peopleOf(this.people.get(key)!, this.context) }))
    const named = this.take('name') ?? this.take('fullName')
    const first = people.find(({ found }) => found.length > 0)?.found[0]
    const name = named ?? first?.name
    if (name === undefined) return null
    const company = named !== undefined && this.company ? this.company : parseCompanyName(name)
    const draft: DraftClient = {
      ...this.fields(),
      kind: named === undefined ? 'person' : this.kind(company.kind),
      name: name.slice(0, LINE),
      nameKey: company.key,
      contacts: [],
      people: people.flatMap(({ found }) => found),
    }
    const personOf = (column: MappingColumn) => people.find(({ key }) => key === column.person)?.found[0]
    this.giveContacts(draft, (column) =>
      named === undefined && personOf(column) === first ? undefined : personOf(column),
    )
    if (named === undefined) dropOwnPerson(draft)
    else for (const { key, found } of people) if (found.length === 0) this.keepNameless(draft, key)
    if (name.length > LINE) draft.comment = joinLines(draft.comment, name)
    return draft
  }

  private fields(): Omit<DraftClient, 'kind' | 'name' | 'nameKey' | 'contacts' | 'people'> {
    const line = (target: string) => this.take(target)?.slice(0, LINE) ?? null
    const flag = (target: string) => (this.text.has(target) ? parseFlag(this.text.get(target)!) : null)
    return {
      fullName: line('fullName'),
      inn: line('inn'),
      innHolds: this.innHolds,
      kpp: line('kpp'),
      ogrn: line('ogrn'),
      okpo: line('okpo'),
      region: line('region'),
      source: line('source'),
      stage: line('stage'),
      categories: [...new Set(this.categories)].slice(0, 50),
      comment: joinLines(...this.comments),
      isBuyer: flag('isBuyer'),
      isSupplier: flag('isSupplier'),
      externalCode: line('externalCode'),
      createdAt: this.take('createdAt') ?? null,
      owner: line('owner'),
      headClient: line('headClient'),
      custom: this.custom,
      entered: this.entered,
      accounts: accountsOfRow(this.bank),
    }
  }

  private kind(guessed: DraftClient['kind']): DraftClient['kind'] {
    const told = this.take('kind')?.toLowerCase() ?? ''
    if (/предприним|^ип(?:$|\P{L})|entrepren|sole/u.test(told)) return 'entrepreneur'
    if (/физ|частн|person|individual|человек/.test(told)) return 'person'
    if (/юр|организац|компан|company|organi[sz]ation|legal|business/.test(told)) return 'organization'
    const inn = this.text.get('inn')
    return this.innHolds && inn?.length === 12 && guessed === 'organization' ? 'entrepreneur' : guessed
  }

  private giveContacts(
    draft: DraftClient,
    personOf: (column: MappingColumn) => DraftClient['people'][number] | undefined,
  ) {
    for (const { column, contacts } of this.contacts) {
      const person = column.of === 'person' ? personOf(column) : undefined
      ;(person ?? draft).contacts.push(...contacts)
    }
    const addresses = addressesOfRow(this.addresses)
    for (const { column } of this.addresses) {
      const own = addresses.filter(({ label }) => label === column.label)
      this.judgeContacts(column, own.length > 0 ? own : addresses)
    }
    draft.contacts.push(...addresses)
  }

  /** A post or birthday without a name beside it is kept in words. */
  private keepNameless(draft: DraftClient, key: number) {
    const texts = [...this.people.get(key)!.text.values()].filter((text) => !isPlaceholder(text))
    draft.comment = joinLines(draft.comment, ...texts)
  }

  private readText(column: MappingColumn, raw: string) {
    const text = cleanText(raw).replace(/\s*\n\s*/g, ' ')
    const flag = column.target === 'isBuyer' || column.target === 'isSupplier'
    if (!(flag ? isFlag(text) : !isPlaceholder(text))) return this.judge(column, 'junk', 'placeholder')
    if (!this.text.has(column.target!)) this.text.set(column.target!, text)
    if (column.target !== 'name') return this.judge(column, 'ok')
    this.company ??= parseCompanyName(text)
    this.judge(column, this.company.verdict, this.company.reason)
  }

  private readNumber(column: MappingColumn, raw: string, target: keyof typeof NUMBERS) {
    const judged =
      target === 'kpp' ? judgeKpp(raw, { inn: this.text.get('inn') ?? null }) : NUMBERS[target](raw)
    const field = target === 'innKpp' ? 'inn' : target
    this.judge(column, judged.verdict, judged.reason)
    if (judged.value === null) return
    if (field === 'inn') this.innHolds = judged.verdict === 'ok' || judged.verdict === 'fixed'
    this.text.set(field, judged.value)
    if (judged.value !== raw.trim()) this.entered[field] = raw.trim()
    if (judged.kpp && !this.text.has('kpp')) this.text.set('kpp', judged.kpp)
  }

  private readPerson(column: MappingColumn, raw: string) {
    addPersonCell(this.people, column, raw)
    if (isPlaceholder(raw)) return this.judge(column, 'junk', 'placeholder')
    if (column.target !== 'person.birthday') return this.judge(column, 'ok')
    const { verdict, reason } = judgeBirthday(raw)
    this.judge(column, verdict, reason)
  }

  private readContacts(column: MappingColumn, raw: string) {
    const contacts = contactsOfCell(column, raw, this.context)
    if (contacts.length > 0) this.contacts.push({ column, contacts })
    this.judgeContacts(column, contacts)
  }

  /** An extension of its own column belongs to the number before it. */
  private readExtension(column: MappingColumn, raw: string) {
    const digits = raw.replace(/\.0+$/, '').replace(/\D/g, '')
    const phone = this.contacts.findLast(({ contacts }) => contacts.at(-1)?.kind === 'phone')?.contacts.at(-1)
    if (phone && phone.extension === null && digits !== '' && digits.length <= 6) phone.extension = digits
    else if (!isPlaceholder(raw)) this.comments.push(`${column.header}: ${cleanText(raw)}`)
    this.judge(column, 'ok')
  }

  private readMoment(column: MappingColumn, raw: string) {
    const moment = parseMoment(raw)
    if (moment !== null) this.text.set('createdAt', moment)
    else if (!isPlaceholder(raw)) this.comments.push(`${column.header}: ${cleanText(raw)}`)
    this.judge(column, moment === null ? 'junk' : 'ok')
  }

  private take(target: string): string | undefined {
    return this.text.get(target)
  }

  private judge({ index }: MappingColumn, verdict: Verdict, reason: CellVerdict['reason'] = null) {
    this.verdicts.push({ index, verdict, reason })
  }

  /** A cell is as good as its worst value. */
  private judgeContacts(column: MappingColumn, contacts: ParsedContact[]) {
    let worst = contacts[0]
    for (const contact of contacts) {
      if (WORST.indexOf(contact.verdict) > WORST.indexOf(worst!.verdict)) worst = contact
    }
    if (worst) this.judge(column, worst.verdict, worst.reason)
    else this.judge(column, 'junk', 'placeholder')
  }
}

/** A client who is a person needs himself as a contact person only to keep what a client has no field for. */
function dropOwnPerson(draft: DraftClient) {
  const [own, ...others] = draft.people
  if (!own) return
  draft.contacts.unshift(...own.contacts)
  own.contacts = []
  const { position, role, birthday, comment } = own
  if (position === null && role === null && birthday === null) {
    draft.comment = joinLines(draft.comment, comment)
    draft.people = others
  }
}

function splitList(raw: string): string[] {
  return cleanText(raw)
    .split(/\s*[;,|\n]\s*/)
    .filter((part) => part !== '' && !isPlaceholder(part))
    .map((part) => part.slice(0, LINE))
}
