import { t } from '#web/i18n/translation.ts'
import type { Client } from '#features/clients/contract.ts'
import { cellText, isContacts } from '#features/clients/cell-text.ts'
import { clientFields, customField, kindTitles, type CellContext } from '#features/clients/fields.ts'
import { namedOrders, plainOrders } from '#features/clients/filter.ts'
import { judgeInn, judgeKpp, judgeOgrn, judgeOkpo } from '#shared/tax-numbers.ts'
import { ContactKind, type Verdict } from '#shared/verdict.ts'
import type { CellEdit, Column, Option } from '#web/grid/columns.ts'
import type { Me } from '#web/session.ts'
import type { Dictionaries } from './use-dictionaries.ts'

const shownAtFirst = new Set([
  'name',
  'phone',
  'email',
  'people',
  'owner',
  'region',
  'stage',
  'comment',
  'nextPlan',
])
const onPhone = new Set(['phone', 'owner', 'stage'])
const orders = new Set<string>([...namedOrders, ...plainOrders])
const pixelsOfLetter = 7

const severity: Verdict[] = ['ok', 'fixed', 'doubtful', 'junk']
const worst = (verdicts: Verdict[]) =>
  verdicts.length === 0 ? null : severity[Math.max(...verdicts.map((verdict) => severity.indexOf(verdict)))]!

const judges = { inn: judgeInn, kpp: judgeKpp, ogrn: judgeOgrn, okpo: judgeOkpo } as const

/** Columns of the base from the one list of fields: how a cell looks, sorts and is edited. */
export function clientColumns(dictionaries: Dictionaries, context: CellContext, me: Me): Column<Client>[] {
  const fields = [...clientFields, ...dictionaries.customFields.map(customField)]
  return fields.map((field) => {
    const edit = editOf(field.id, dictionaries, context, me)
    return {
      id: field.id,
      title: field.title[context.language],
      kind: kindOf(field.id),
      text: (client) => field.text(client, context),
      verdict: (client) => verdictOf(field.id, client),
      width: Math.max(90, (field.width ?? 20) * pixelsOfLetter),
      hidden: !shownAtFirst.has(field.id),
      onPhone: onPhone.has(field.id),
      ...(orders.has(field.id) && { sort: field.id }),
      ...(edit && { edit }),
    }
  })
}

function kindOf(id: string): NonNullable<Column<Client>['kind']> {
  if (id === 'name') return 'link'
  if (id === 'no') return 'number'
  if (id === 'categories') return 'tags'
  if (ContactKind.safeParse(id).success) return 'contacts'
  return id === 'created' || id === 'changed' || id === 'nextPlan' || id === 'lastContact' ? 'date' : 'text'
}

function verdictOf(id: string, client: Client): Verdict | null {
  if (id in judges) {
    const value = client[id as keyof typeof judges]
    return value ? judges[id as keyof typeof judges](value).verdict : null
  }
  if (!ContactKind.safeParse(id).success) return null
  const contacts = [...client.contacts, ...client.people.flatMap((person) => person.contacts)]
  return worst(contacts.filter((contact) => contact.kind === id).map((contact) => contact.verdict))
}

const optionsOf = (values: readonly string[]): Option[] => values.map((value) => ({ value, label: value }))

function editOf(
  id: string,
  dictionaries: Dictionaries,
  context: CellContext,
  me: Me,
): CellEdit<Client> | undefined {
  const active = (edit: CellEdit<Client>): CellEdit<Client> => ({
    ...edit,
    allowed: (client) => client.archivedAt === null,
  })
  const chosen = (field: string) => {
    const options = dictionaries.choicesOf(field)
    return active(options.length > 0 ? { input: 'choice', options: optionsOf(options) } : { input: 'text' })
  }
  switch (id) {
    case 'name':
    case 'fullName':
    case 'inn':
    case 'kpp':
    case 'ogrn':
    case 'okpo':
    case 'comment':
    case 'externalCode':
    case 'region':
      return active({ input: 'text' })
    case 'stage':
    case 'source':
      return chosen(id)
    case 'categories':
      return active({
        input: 'tags',
        options: optionsOf(dictionaries.choicesOf('category')),
        text: (client) => cellText(client, id),
      })
    case 'kind':
      return active({
        input: 'choice',
        text: (client) => cellText(client, id),
        options: Object.entries(kindTitles).map(([value, title]) => ({
          value,
          label: title[context.language],
        })),
      })
    case 'owner':
      return ownerEdit(dictionaries, me, active)
    case 'isBuyer':
    case 'isSupplier':
      return active({ input: 'choice', options: yesOrNo(), text: (client) => cellText(client, id) })
  }
  if (isContacts(id)) return active({ input: 'text', text: (client) => cellText(client, id) })
  return id.startsWith('custom.') ? customEdit(id, dictionaries, active) : undefined
}

/** A manager hands nobody over; a team head moves clients inside the team. */
function ownerEdit(
  { users }: Dictionaries,
  me: Me,
  active: (edit: CellEdit<Client>) => CellEdit<Client>,
): CellEdit<Client> | undefined {
  if (me.role === 'manager') return undefined
  const mine = users.find((user) => user.id === me.id)
  const options = users.filter(
    (user) =>
      user.active &&
      user.role !== 'admin' &&
      (me.role === 'head' || (user.teamId !== null && user.teamId === mine?.teamId)),
  )
  return active({
    input: 'choice',
    options: options.map((user) => ({ value: user.id, label: user.name })),
    text: (client) => cellText(client, 'owner'),
  })
}

function customEdit(
  id: string,
  { customFields }: Dictionaries,
  active: (edit: CellEdit<Client>) => CellEdit<Client>,
): CellEdit<Client> | undefined {
  const field = customFields.find(({ key }) => id === `custom.${key}`)
  const text = (client: Client) => cellText(client, id)
  switch (field?.type) {
    case 'choice':
      return active({ input: 'choice', options: optionsOf(field.options), text })
    case 'flag':
      return active({ input: 'choice', options: yesOrNo(), text })
    case 'date':
    case 'number':
    case 'text':
      return active({ input: field.type, text })
    default:
      return undefined
  }
}

const yesOrNo = (): Option[] => [
  { value: 'true', label: t('clients.yes') },
  { value: 'false', label: t('clients.no') },
]
