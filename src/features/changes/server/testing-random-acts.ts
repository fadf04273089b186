import type { Answer, Person } from '#app/testing.ts'

/** A few colleagues who work with the same clients. */
export interface Office {
  manager: Person
  mate: Person
  lead: Person
  head: Person
  clients: string[]
}

/** The mulberry32 generator: a history is known by its seed. */
export function dice(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { below, pick: <T>(list: readonly T[]): T => list[below(list.length)]! }
}
export type Dice = ReturnType<typeof dice>

// oxlint-disable-next-line typescript/no-explicit-any -- bodies are looked into freely
type Client = any
type Act = (dice: Dice, person: Person, client: Client, office: Office) => Promise<unknown>

const regions = ['Тверь', 'Москва', 'Псков', null]
const phone = (dice: Dice) => `+7 916 ${100 + dice.below(900)}-45-${10 + dice.below(90)}`
const someContact = (dice: Dice) =>
  dice.pick([
    { kind: 'phone', value: phone(dice), label: dice.pick(['мобильный', null]) },
    { kind: 'email', value: `a${dice.below(999)}@luch.ru`, note: dice.pick(['утром', null]) },
    { kind: 'address', value: `г. Тверь, ул. Мира, д. ${1 + dice.below(99)}` },
  ])
const somePerson = (dice: Dice) => ({
  name: `${dice.pick(['Петров', 'Сидоров', 'Кузнецов'])} ${dice.pick(['Иван', 'Пётр'])}`,
  position: dice.pick(['директор', null]),
  contacts: dice.below(2) ? [someContact(dice)] : [],
})

/** A list with one of its items changed, gone, moved to the end or joined by another. */
function altered<T extends { id: string }>(
  dice: Dice,
  list: T[],
  change: (item: T) => object,
  made: () => object,
) {
  const at = dice.below(list.length + 1)
  const rest = list.filter((_, index) => index !== at).map(({ id }) => ({ id }))
  if (at === list.length) return [...list.map(same), made()]
  if (dice.below(3) === 0) return list.filter((_, index) => index !== at).map(same)
  return dice.below(2) && rest.length > 0
    ? [...list.filter((_, index) => index !== at).map(same), same(list[at]!)]
    : list.map((item, index) => (index === at ? change(item) : same(item)))
}
const same = (item: { id: string; kind?: string; value?: string; account?: string }) => ({
  id: item.id,
  ...(item.value !== undefined && { kind: item.kind, value: item.value }),
  ...(item.account !== undefined && { account: item.account }),
})

const patch = (person: Person, client: Client, fields: object) =>
  person.patch(`/clients/${client.id}`, { version: client.version, ...fields })

const entryOf = async (dice: Dice, person: Person, client: Client) =>
  dice.pick<Client>((await person.get(`/activities?client=${client.id}`)).body.items)

export const acts: Record<string, Act> = {
  create: (dice, person) =>
    person.post('/clients', {
      name: `ООО «Новый ${dice.below(1_000_000)}»`,
      contacts: [someContact(dice)],
      people: [somePerson(dice)],
    }),
  fields: (dice, person, client) =>
    patch(person, client, {
      region: dice.pick(regions),
      ...(dice.below(2) && { comment: `${dice.below(99)}` }),
      ...(dice.below(2) && { name: `ООО «Клиент ${dice.below(999)}»` }),
      ...(dice.below(2) && { categories: dice.pick([['А'], ['А', 'Б'], []]) }),
      ...(dice.below(2) && { custom: { [dice.pick(['budget', 'colour'])]: dice.pick(['1', '2', null]) } }),
      ...(dice.below(3) === 0 && { okpo: dice.pick(['00032537', '000 32537', null]) }),
    }),
  contacts: (dice, person, client) =>
    patch(person, client, {
      contacts: altered(
        dice,
        client.contacts,
        ({ id }) => ({ id, ...someContact(dice) }),
        () => someContact(dice),
      ),
    }),
  people: (dice, person, client) =>
    patch(person, client, {
      people: altered(
        dice,
        client.people,
        ({ id }) => ({ id, ...somePerson(dice) }),
        () => somePerson(dice),
      ),
    }),
  accounts: (dice, person, client) => {
    const account = () => ({ account: `4070281090000000${1000 + dice.below(9000)}` })
    return patch(person, client, {
      accounts: altered(dice, client.accounts, ({ id }) => ({ id, ...account() }), account),
    })
  },
  archive: (_, person, client) => person.del(`/clients/${client.id}${client.archivedAt ? '/archival' : ''}`),
  share: (dice, person, client, { mate, lead }) =>
    patch(person, client, { managerIds: dice.pick([[mate.id], [lead.id], [mate.id, lead.id], []]) }),
  handOver: (dice, _, client, { lead, head, manager, mate }) =>
    patch(dice.pick([lead, head]), client, { ownerId: dice.pick([manager.id, mate.id, lead.id]) }),
  write: (dice, person, client) =>
    person.post('/activities', {
      clientId: client.id,
      personId: dice.pick<Client>([...client.people, { id: null }]).id,
      kind: dice.pick(['call', 'note', 'task']),
      text: `дело ${dice.below(99)}`,
      dueAt: dice.pick(['2030-01-01T09:00:00Z', null]),
    }),
  complete: async (dice, person, client) => {
    const entry = await entryOf(dice, person, client)
    if (entry) await person.post(`/activities/${entry.id}/completion`, { result: `итог ${dice.below(9)}` })
  },
  move: async (dice, person, client) => {
    const entry = await entryOf(dice, person, client)
    if (entry)
      await person.patch(`/activities/${entry.id}`, {
        version: entry.version,
        text: `другое ${dice.below(9)}`,
        dueAt: `2030-02-0${1 + dice.below(9)}T09:00:00Z`,
      })
  },
  strike: async (dice, person, client) => {
    const entry = await entryOf(dice, person, client)
    if (entry) await person.del(`/activities/${entry.id}`)
  },
  attach: (dice, person, client) =>
    person.upload(
      `/clients/${client.id}/files`,
      { name: `${dice.below(9)}.txt`, data: Buffer.from('а') },
      client.people.length > 0 ? { personId: dice.pick<Client>(client.people).id } : {},
    ),
  detach: async (dice, person, client) => {
    const { items } = (await person.get(`/clients/${client.id}/files`)).body
    if (items?.length > 0) await person.del(`/files/${dice.pick<Client>(items).id}`)
  },
  check: async (dice, person, client) => {
    if (client.contacts.length > 0)
      await person.post(`/contacts/${dice.pick<Client>(client.contacts).id}/checks`)
  },
  cells: (dice, person, client) =>
    person.post('/clients/cells', {
      act: 'cells.paste',
      edits: [
        { id: client.id, version: client.version, field: 'phone', text: `${phone(dice)}, ${phone(dice)}` },
        { id: client.id, version: client.version, field: 'region', text: dice.pick(['Тула', '']) },
      ],
      creates: dice.below(2) ? [{ cells: { name: `Вставленный ${dice.below(1_000_000)}` } }] : [],
    }),
  bulk: (dice, person, _, { clients }) =>
    person.post('/clients/bulk-edits', {
      ids: clients,
      changes: [{ field: 'stage', text: dice.pick(['Новый', 'Постоянный', '']) }],
      expected: clients.length,
    }),
  setBack: async (dice, person, client) => {
    const { changeSetId, entity, rowId } = dice.pick<Client>(
      (await person.get(`/clients/${client.id}/history`)).body.items,
    )
    await person.post(`/clients/${client.id}/restorations`, { changeSetId, entity, rowId })
  },
  undo: async (_, person) => step(person, 'undo'),
  redo: async (_, person) => step(person, 'redo'),
}

async function step(person: Person, which: 'undo' | 'redo'): Promise<Answer | undefined> {
  const next = (await person.get('/undo')).body[which]
  return next ? person.post(`/${which}`, { id: next.id }) : undefined
}
