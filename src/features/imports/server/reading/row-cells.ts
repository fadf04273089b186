import type { MappingColumn } from '#features/imports/mapping.ts'
import { type CompanyName, parseCompanyName } from '#shared/company-names.ts'
import type { ContactContext, ParsedContact } from '#shared/contact.ts'
import { judgeInn, judgeKpp, judgeOgrn, judgeOkpo } from '#shared/tax-numbers.ts'
import { cleanText } from '#shared/text.ts'
import { isPlaceholder, type Verdict } from '#shared/verdict.ts'
import { parseMoment } from '#shared/days.ts'
import { isFlag } from './cell-flags.ts'
import type { CellVerdict } from './draft.ts'
import type { AddressCell } from './row-addresses.ts'
import { contactsOfCell } from './row-contacts.ts'
import { addPersonCell, judgeBirthday, type PersonCells } from './row-people.ts'

/** The longest line a field of a client holds; what is longer goes on in the comment. */
export const LINE = 500

const NUMBERS = { inn: judgeInn, innKpp: judgeInn, kpp: judgeKpp, ogrn: judgeOgrn, okpo: judgeOkpo }
const WORST: Verdict[] = ['ok', 'fixed', 'doubtful', 'junk']

interface OwnedContacts {
  column: MappingColumn
  contacts: ParsedContact[]
}

/** The cells of one row, read and judged one by one; what they mean together is told in rows-to-clients.ts. */
export class RowCells {
  readonly verdicts: CellVerdict[] = []
  readonly context: ContactContext
  readonly text = new Map<string, string>()
  readonly comments: string[] = []
  readonly categories: string[] = []
  readonly custom: Record<string, string> = {}
  readonly entered: Record<string, string> = {}
  readonly contacts: OwnedContacts[] = []
  readonly addresses: AddressCell[] = []
  readonly people = new Map<number, PersonCells>()
  readonly bank: { target: string; raw: string }[] = []
  innHolds = false
  company: CompanyName | null = null

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

  take(target: string): string | undefined {
    return this.text.get(target)
  }

  private judge({ index }: MappingColumn, verdict: Verdict, reason: CellVerdict['reason'] = null) {
    this.verdicts.push({ index, verdict, reason })
  }

  /** A cell is as good as its worst value. */
  judgeContacts(column: MappingColumn, contacts: ParsedContact[]) {
    let worst = contacts[0]
    for (const contact of contacts) {
      if (WORST.indexOf(contact.verdict) > WORST.indexOf(worst!.verdict)) worst = contact
    }
    if (worst) this.judge(column, worst.verdict, worst.reason)
    else this.judge(column, 'junk', 'placeholder')
  }
}

function splitList(raw: string): string[] {
  return cleanText(raw)
    .split(/\s*[;,|\n]\s*/)
    .filter((part) => part !== '' && !isPlaceholder(part))
    .map((part) => part.slice(0, LINE))
}
