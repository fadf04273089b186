import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'

/** The clock of this world: every act and every «today» goes by it. */
let clock = new Date('2026-11-25T09:00:00Z')
const world = testWorld({ kernel: async () => ({ now: () => clock }) })
let manager: Person
let colleague: Person
let head: Person

beforeAll(async () => {
  manager = await world.person('manager', { team: 'Север' })
  colleague = await world.person('manager', { team: 'Юг' })
  head = await world.person('head')
  for (const [name, reached] of [
    ['дозвонился', true],
    ['не дозвонился', false],
  ] as const) {
    expect((await head.post('/choices', { field: 'outcome', name, reached })).status).toBe(201)
  }
})
beforeEach(async () => {
  clock = new Date('2026-11-25T09:00:00Z')
  await world.sql(`update company set time_zone = 'Europe/Moscow'`)
})

const newClient = async (more = {}) =>
  (
    await manager.post('/clients', {
      name: 'ООО «Луч»',
      contacts: [{ kind: 'phone', value: '+7 415 200-00-01' }],
      people: [{ name: 'Вера Сидорова', contacts: [{ kind: 'phone', value: '+7 916 000-00-02' }] }],
      ...more,
    })
  ).body

const enter = async (more: Record<string, unknown>, by = manager) => {
  const made = await by.post('/activities', { kind: 'call', text: 'Позвонить', ...more })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return made.body
}
const openOf = async (clientId: string) =>
  (await manager.get(`/activities?client=${clientId}&open=true`)).body.items

describe('the contact used', () => {
  test('an entry says which phone; a person’s own phone brings the person', async () => {
    const client = await newClient()
    const own = await enter({ clientId: client.id, contactId: client.contacts[0].id })
    expect(own).toMatchObject({ contact: '+7 (415) 200-00-01', personId: null })
    const of = await enter({ clientId: client.id, contactId: client.people[0].contacts[0].id })
    expect(of).toMatchObject({ contact: '+7 (916) 000-00-02', personName: 'Вера Сидорова' })
  })

  test('a contact of another client is refused by field, and what was used outlives its contact', async () => {
    const client = await newClient()
    const other = await newClient()
    const refused = await manager.post('/activities', {
      kind: 'call',
      clientId: client.id,
      contactId: other.contacts[0].id,
    })
    expect(refused.status).toBe(422)
    expect(refused.body.errors[0].path).toBe('contactId')
    const made = await enter({ clientId: client.id, contactId: client.contacts[0].id })
    await manager.patch(`/clients/${client.id}`, { version: client.version, contacts: [] })
    expect((await manager.get(`/activities/${made.id}`)).body).toMatchObject({
      contactId: null,
      contact: '+7 (415) 200-00-01',
    })
  })

  test('a call that was answered checks its phone, one that was not does not', async () => {
    const client = await newClient()
    const phone = client.contacts[0].id
    await enter({
      clientId: client.id,
      contactId: phone,
      doneAt: clock.toISOString(),
      outcome: 'не дозвонился',
    })
    const checkedAt = async () =>
      (await manager.get(`/clients/${client.id}`)).body.contacts[0].checkedAt as string | null
    expect(await checkedAt()).toBe(client.contacts[0].checkedAt)
    clock = new Date('2027-01-11T09:00:00Z')
    const planned = await enter({
      clientId: client.id,
      contactId: phone,
      dueAt: '2027-01-11T10:00:00Z',
    })
    const done = await manager.post(`/activities/${planned.id}/completion`, { outcome: 'дозвонился' })
    expect(done.body).toMatchObject({ outcome: 'дозвонился', reached: true })
    expect(Date.parse((await checkedAt())!)).toBe(clock.getTime())
  })

  test('an outcome the dictionary does not know is refused; a renamed one is renamed on the entries', async () => {
    const refused = await manager.post('/activities', { kind: 'call', outcome: 'улетел' })
    expect(refused.status).toBe(422)
    expect(refused.body.errors[0].path).toBe('outcome')
    const choice = (await head.post('/choices', { field: 'outcome', name: 'подумает' })).body
    const made = await enter({ doneAt: clock.toISOString(), outcome: 'подумает' })
    await head.patch(`/choices/${choice.id}`, { name: 'взял паузу' })
    expect((await manager.get(`/activities/${made.id}`)).body.outcome).toBe('взял паузу')
    expect((await head.patch(`/choices/${choice.id}`, { rhythmDays: 5 })).status).toBe(422)
  })
})

describe('moved', () => {
  test('a plan keeps its first due date and every move, whichever road it took', async () => {
    const made = await enter({ dueAt: '2026-11-25T10:00:00Z' })
    const once = await manager.post(`/activities/${made.id}/moves`, { dueAt: '2026-11-26T10:00:00Z' })
    const twice = await manager.patch(`/activities/${made.id}`, {
      version: once.body.version,
      dueAt: '2026-11-30T10:00:00Z',
    })
    expect(Date.parse(twice.body.firstDueAt)).toBe(Date.parse('2026-11-25T10:00:00Z'))
    const moves = twice.body.moves.map(({ by, from, to }: { by: string; from: string; to: string }) => [
      by,
      new Date(from).toISOString(),
      new Date(to).toISOString(),
    ])
    expect(moves).toEqual([
      [manager.id, '2026-11-25T10:00:00.000Z', '2026-11-26T10:00:00.000Z'],
      [manager.id, '2026-11-26T10:00:00.000Z', '2026-11-30T10:00:00.000Z'],
    ])
    const acts = await world.sql<{ act: string }>(
      `select s.act from changes c join change_sets s on s.id = c.change_set_id where c.row_id = $1 order by s.id`,
      [made.id],
    )
    expect(acts.map(({ act }) => act)).toEqual(['activity.create', 'activity.move', 'activity.move'])
  })

  test('what is done, cancelled or has no date does not move', async () => {
    const note = await enter({ kind: 'note' })
    const done = await enter({ dueAt: '2026-11-25T10:00:00Z' })
    await manager.post(`/activities/${done.id}/completion`, {})
    for (const { id } of [note, done])
      expect((await manager.post(`/activities/${id}/moves`, { dueAt: '2026-12-01T10:00:00Z' })).status).toBe(
        409,
      )
  })
})

describe('cancelled', () => {
  test('it stays to be seen with its reason, is no plan any more, and comes back', async () => {
    const client = await newClient()
    const made = await enter({ clientId: client.id, dueAt: '2026-12-01T10:00:00Z' })
    const gone = await manager.post(`/activities/${made.id}/cancellation`, { reason: 'Уехал' })
    expect(gone.body).toMatchObject({ cancelReason: 'Уехал', nextDueAt: null })
    expect(Date.parse(gone.body.cancelledAt)).toBe(clock.getTime())
    expect(await openOf(client.id)).toEqual([])
    expect((await manager.get(`/clients/${client.id}`)).body.nextPlanAt).toBeNull()
    const past = await manager.get(`/activities?client=${client.id}&open=false`)
    expect(past.body.items.map(({ id }: { id: string }) => id)).toEqual([made.id])
    expect((await manager.post(`/activities/${made.id}/cancellation`, {})).status).toBe(409)
    expect((await manager.post(`/activities/${made.id}/completion`, {})).status).toBe(409)
    const back = await manager.del(`/activities/${made.id}/cancellation`)
    expect(back.body).toMatchObject({ cancelledAt: null, cancelReason: null })
    expect((await manager.get(`/clients/${client.id}`)).body.nextPlanAt).toMatch(/^2026-12-01/)
  })
})

describe('repeated', () => {
  test('doing an occurrence enters the next at the same hour of the company, also over a change of clocks', async () => {
    await world.sql(`update company set time_zone = 'America/New_York'`)
    const client = await newClient()
    // 9:30 in New York: 14:30 in winter, 13:30 from 8 March 2026 on.
    clock = new Date('2026-03-02T15:00:00Z')
    const made = await enter({
      clientId: client.id,
      dueAt: '2026-03-02T14:30:00Z',
      repeat: { every: 'week' },
    })
    const done = await manager.post(`/activities/${made.id}/completion`, {})
    expect(done.body.nextDueAt).toMatch(/^2026-03-09T13:30:00/)
    expect(await openOf(client.id)).toMatchObject([{ occurrence: 2, seriesId: made.seriesId }])
  })

  test('an occurrence done late leaves nothing missed behind; a moved one does not move the series', async () => {
    const client = await newClient()
    const made = await enter({
      clientId: client.id,
      dueAt: '2026-11-02T06:00:00Z',
      repeat: { every: 'week' },
    })
    await manager.post(`/activities/${made.id}/moves`, { dueAt: '2026-11-24T06:00:00Z' })
    const done = await manager.post(`/activities/${made.id}/completion`, {})
    expect(done.body.nextDueAt).toMatch(/^2026-11-30T06:00:00/)
  })

  test('the day it was done on is the company’s: a minute before midnight in Kamchatka', async () => {
    await world.sql(`update company set time_zone = 'Asia/Kamchatka'`)
    const client = await newClient()
    const daily = { clientId: client.id, dueAt: '2026-11-24T12:00:00Z', repeat: { every: 'day' } }
    // 24 November, midnight of Kamchatka is 12:00 UTC: the plan is one of the whole 25th.
    const first = await enter(daily)
    clock = new Date('2026-11-25T11:59:00Z')
    const before = await manager.post(`/activities/${first.id}/completion`, {})
    expect(before.body.nextDueAt).toMatch(/^2026-11-25T12:00:00/)
    const second = await enter(daily)
    clock = new Date('2026-11-25T12:00:00Z')
    const after = await manager.post(`/activities/${second.id}/completion`, {})
    expect(after.body.nextDueAt).toMatch(/^2026-11-26T12:00:00/)
  })

  test('cancelling one goes on, cancelling the series ends it', async () => {
    const client = await newClient()
    const made = await enter({
      clientId: client.id,
      dueAt: '2026-11-30T06:00:00Z',
      repeat: { every: 'month' },
    })
    const one = await manager.post(`/activities/${made.id}/cancellation`, {})
    expect(one.body.nextDueAt).toMatch(/^2026-12-30T06:00:00/)
    const [next] = await openOf(client.id)
    const all = await manager.post(`/activities/${next.id}/cancellation`, { series: true })
    expect(all.body.nextDueAt).toBeNull()
    expect(await openOf(client.id)).toEqual([])
  })

  test('taking «done» back takes the next one back, unless somebody has touched it', async () => {
    const client = await newClient()
    const made = await enter({
      clientId: client.id,
      dueAt: '2026-11-25T06:00:00Z',
      repeat: { every: 'day' },
    })
    await manager.post(`/activities/${made.id}/completion`, {})
    await manager.del(`/activities/${made.id}/completion`)
    expect((await openOf(client.id)).map(({ occurrence }: { occurrence: number }) => occurrence)).toEqual([1])
    await manager.post(`/activities/${made.id}/completion`, {})
    const [next] = await openOf(client.id)
    await manager.patch(`/activities/${next.id}`, { version: 1, text: 'Спросить про счёт' })
    await manager.del(`/activities/${made.id}/completion`)
    expect(await openOf(client.id)).toHaveLength(2)
    const again = await manager.post(`/activities/${made.id}/completion`, {})
    expect(again.body.nextDueAt).toBeNull()
  })

  test('several days of a week follow each other', async () => {
    const client = await newClient()
    const made = await enter({
      clientId: client.id,
      dueAt: '2026-11-25T06:00:00Z',
      repeat: { every: 'week', weekdays: [1, 3] },
    })
    const done = await manager.post(`/activities/${made.id}/completion`, {})
    expect(done.body.nextDueAt).toMatch(/^2026-11-30T06:00:00/)
    const wrong = { ...made, repeat: { every: 'week', weekdays: [8] } }
    expect((await manager.patch(`/activities/${made.id}`, { version: 3, repeat: wrong.repeat })).status).toBe(
      422,
    )
  })

  test('a whole row moves with its occurrence and goes on at the new hour; undone, it is where it was', async () => {
    const client = await newClient()
    const made = await enter({
      clientId: client.id,
      dueAt: '2026-11-27T06:00:00Z',
      repeat: { every: 'week' },
    })
    const moved = await manager.post(`/activities/${made.id}/moves`, {
      dueAt: '2026-12-08T11:30:00Z',
      series: true,
    })
    expect(moved.body.repeat).toMatchObject({ every: 'week', from: '2026-12-08', time: '14:30' })
    const { items } = (await manager.get('/change-sets?limit=1')).body
    await manager.post(`/change-sets/${items[0].id}/reversal`)
    const [back] = await openOf(client.id)
    expect(back).toMatchObject({ repeat: { from: '2026-11-27', time: '09:00' }, moves: [] })
    await manager.post(`/activities/${made.id}/moves`, { dueAt: '2026-12-08T11:30:00Z', series: true })
    // Done long before its new day, the next one is still a week after it.
    const done = await manager.post(`/activities/${made.id}/completion`, {})
    expect(done.body.nextDueAt).toMatch(/^2026-12-15T11:30:00/)
  })

  test('an exception or another end is still the same row; another rhythm begins one', async () => {
    const client = await newClient()
    const made = await enter({
      clientId: client.id,
      dueAt: '2026-11-30T06:00:00Z',
      repeat: { every: 'month' },
    })
    await manager.post(`/activities/${made.id}/completion`, {})
    const [next] = await openOf(client.id)
    const cut = await manager.patch(`/activities/${next.id}`, {
      version: next.version,
      repeat: { every: 'month', interval: 1, except: ['2027-01-30'], until: '2027-03-30' },
    })
    expect(cut.body).toMatchObject({ seriesId: made.seriesId, occurrence: 2, repeat: { from: '2026-11-30' } })
    clock = new Date('2026-12-30T09:00:00Z')
    const done = await manager.post(`/activities/${next.id}/completion`, {})
    expect(done.body.nextDueAt).toMatch(/^2027-02-28T06:00:00/)
    const [last] = await openOf(client.id)
    const other = await manager.patch(`/activities/${last.id}`, {
      version: last.version,
      repeat: { every: 'week', interval: 1 },
    })
    expect(other.body).toMatchObject({ occurrence: 1, repeat: { from: '2027-02-28' } })
    expect(other.body.seriesId).not.toBe(made.seriesId)
  })

  test('a series may end by number, needs a date, and can be ended by a person', async () => {
    const client = await newClient()
    expect((await manager.post('/activities', { kind: 'task', repeat: { every: 'day' } })).status).toBe(422)
    const made = await enter({
      clientId: client.id,
      dueAt: '2026-11-25T06:00:00Z',
      repeat: { every: 'day', count: 1 },
    })
    expect((await manager.post(`/activities/${made.id}/completion`, {})).body.nextDueAt).toBeNull()
    const other = await enter({ dueAt: '2026-11-25T06:00:00Z', repeat: { every: 'day' } })
    const ended = await manager.patch(`/activities/${other.id}`, { version: 1, repeat: null })
    expect(ended.body).toMatchObject({ repeat: null, seriesId: null })
    expect((await manager.post(`/activities/${other.id}/completion`, {})).body.nextDueAt).toBeNull()
  })
})

describe('reminders', () => {
  const bells = async (person = manager) => (await person.get('/reminders')).body
  const dueIn = (minutes: number) => new Date(clock.getTime() + minutes * 60_000).toISOString()

  test('a bell rings at its time for its person alone, is put off and seen', async () => {
    const made = await enter({ dueAt: dueIn(30), remindBefore: [15] })
    expect(await bells()).toEqual([])
    clock = new Date(clock.getTime() + 16 * 60_000)
    const [bell] = await bells()
    expect(bell.activity.id).toBe(made.id)
    expect(await bells(colleague)).toEqual([])
    expect((await colleague.del(`/reminders/${bell.id}`)).status).toBe(404)
    await manager.patch(`/reminders/${bell.id}`, { minutes: 10 })
    expect(await bells()).toEqual([])
    clock = new Date(clock.getTime() + 11 * 60_000)
    expect(await bells()).toHaveLength(1)
    expect((await manager.del(`/reminders/${bell.id}`)).status).toBe(204)
    expect(await bells()).toEqual([])
  })

  test('bells move with their plan and go when it is done or cancelled', async () => {
    const made = await enter({ dueAt: dueIn(5), remindBefore: [15] })
    expect(await bells()).toHaveLength(1)
    await manager.post(`/activities/${made.id}/moves`, { dueAt: dueIn(120) })
    expect(await bells()).toEqual([])
    await manager.post(`/activities/${made.id}/moves`, { dueAt: dueIn(10) })
    expect(await bells()).toHaveLength(1)
    await manager.post(`/activities/${made.id}/cancellation`, {})
    expect(await bells()).toEqual([])
    await manager.del(`/activities/${made.id}/cancellation`)
    expect(await bells()).toHaveLength(1)
    await manager.post(`/activities/${made.id}/completion`, {})
    expect(await bells()).toEqual([])
  })

  test('a plan given to another person rings for him', async () => {
    const client = await newClient()
    await manager.patch(`/clients/${client.id}`, { version: client.version, managerIds: [colleague.id] })
    const made = await enter({ clientId: client.id, dueAt: dueIn(5), remindBefore: [15] })
    await head.patch(`/activities/${made.id}`, { version: made.version, userId: colleague.id })
    expect(await bells()).toEqual([])
    expect(await bells(colleague)).toHaveLength(1)
  })
})

describe('the last contact and the clients forgotten', () => {
  const named = async (query: string, person = manager) =>
    (await person.get(`/clients?${query}`)).body.items.map(({ name }: { name: string }) => name)

  test('a done call, meeting or letter is a contact; a note, a task and a call nobody answered are not', async () => {
    const client = await newClient()
    const last = async () => (await manager.get(`/clients/${client.id}`)).body.lastContactAt
    const doneAt = '2026-11-20T09:00:00Z'
    for (const more of [{ kind: 'note' }, { kind: 'task' }, { kind: 'call', outcome: 'не дозвонился' }])
      await enter({ clientId: client.id, doneAt, ...more })
    expect(await last()).toBeNull()
    const call = await enter({ clientId: client.id, doneAt, outcome: 'дозвонился' })
    expect(Date.parse(await last())).toBe(Date.parse(doneAt))
    await enter({ clientId: client.id, kind: 'letter', doneAt: '2026-11-10T09:00:00Z' })
    expect(Date.parse(await last())).toBe(Date.parse(doneAt))
    await manager.del(`/activities/${call.id}`)
    expect(await last()).toMatch(/^2026-11-10/)
    expect((await manager.get(`/clients/${client.id}`)).body.version).toBe(client.version)
  })

  test('silence longer than the shortest rhythm of his categories, else the company’s', async () => {
    const keeper = await world.person('manager')
    const make = async (name: string, categories: string[], spoken: string | null) => {
      const made = (await keeper.post('/clients', { name, categories })).body
      await world.sql(
        `with act as (insert into change_sets (author_id, act) values ('${keeper.id}', 'demo.fill') returning id),
         opened as (select set_config('app.change_set', id::text, true) from act)
         update clients set created_at = '2026-01-01' where id = '${made.id}' and exists (select 1 from opened)`,
      )
      if (spoken) await enter({ clientId: made.id, doneAt: spoken }, keeper)
      return made
    }
    await make('Недавно', ['A'], '2026-11-20T09:00:00Z')
    await make('Давно', ['A'], '2026-11-10T09:00:00Z')
    await make('Ритм компании', [], '2026-10-20T09:00:00Z')
    await make('Двух категорий', ['A', 'B'], '2026-11-10T09:00:00Z')
    await make('Редкий', ['B'], '2026-11-10T09:00:00Z')
    expect(await named('forgotten=true', keeper)).toEqual([])
    const a = (await head.post('/choices', { field: 'category', name: 'A', rhythmDays: 14 })).body
    await head.post('/choices', { field: 'category', name: 'B', rhythmDays: 90 })
    expect(await named('forgotten=true', keeper)).toEqual(['Давно', 'Двух категорий'])
    await head.patch('/company', { rhythmDays: 30 })
    expect(await named('forgotten=true&sort=lastContact', keeper)).toEqual([
      'Ритм компании',
      'Давно',
      'Двух категорий',
    ])
    expect((await keeper.get('/clients/count?owner=me&forgotten=true')).body).toEqual({
      count: 3,
      exact: true,
    })
    clock = new Date('2026-12-05T09:00:00Z')
    expect(await named('forgotten=true', keeper)).toHaveLength(4)
    await head.patch(`/choices/${a.id}`, { rhythmDays: null })
    await head.patch('/company', { rhythmDays: null })
  })

  test('clients without a next step are found, and no others', async () => {
    const keeper = await world.person('manager')
    const with_ = (await keeper.post('/clients', { name: 'С планом' })).body
    await keeper.post('/clients', { name: 'Без плана' })
    await enter({ clientId: with_.id, dueAt: '2026-12-01T09:00:00Z' }, keeper)
    const where = encodeURIComponent(JSON.stringify([{ field: 'nextPlan', op: 'empty' }]))
    expect(await named(`where=${where}`, keeper)).toEqual(['Без плана'])
  })
})

describe('the clock of the client', () => {
  test('comes from his region, his phone, or a person’s word', async () => {
    const byPhone = await newClient()
    expect((await enter({ clientId: byPhone.id })).clientTimeZone).toBe('Asia/Kamchatka')
    const byRegion = await newClient({ region: 'Омская область' })
    expect((await enter({ clientId: byRegion.id })).clientTimeZone).toBe('Asia/Omsk')
    const said = await newClient({ region: 'Омская область', timeZone: 'Asia/Tokyo' })
    expect((await enter({ clientId: said.id })).clientTimeZone).toBe('Asia/Tokyo')
    const wrong = await manager.post('/clients', { name: 'Проба', timeZone: '+03:00' })
    expect(wrong.status).toBe(422)
  })
})

describe('taken back by the one engine', () => {
  const undo = async () => {
    const { undo: next } = (await manager.get('/undo')).body
    expect((await manager.post('/undo', { id: next.id })).status).toBe(200)
  }

  test('a move goes back as if it had never been, and comes again', async () => {
    const client = await newClient()
    const made = await enter({ clientId: client.id, dueAt: '2026-11-25T10:00:00Z' })
    await manager.post(`/activities/${made.id}/moves`, { dueAt: '2026-11-26T10:00:00Z' })
    await undo()
    const back = (await manager.get(`/activities/${made.id}`)).body
    expect(back).toMatchObject({ dueAt: made.dueAt, firstDueAt: null, moves: [] })
    const { redo } = (await manager.get('/undo')).body
    await manager.post('/redo', { id: redo.id })
    expect((await manager.get(`/activities/${made.id}`)).body.moves).toHaveLength(1)
  })

  test('«done» of a series goes back with its next occurrence and the check of the phone', async () => {
    const client = await newClient()
    const made = await enter({
      clientId: client.id,
      contactId: client.contacts[0].id,
      dueAt: '2027-01-11T10:00:00Z',
      repeat: { every: 'day' },
    })
    clock = new Date('2027-01-11T09:00:00Z')
    await manager.post(`/activities/${made.id}/completion`, { outcome: 'дозвонился' })
    expect(await openOf(client.id)).toMatchObject([{ occurrence: 2 }])
    await undo()
    expect(await openOf(client.id)).toMatchObject([{ id: made.id, outcome: null, reached: null }])
    const card = (await manager.get(`/clients/${client.id}`)).body
    expect(card.contacts[0].checkedAt).toBe(client.contacts[0].checkedAt)
    expect(card.lastContactAt).toBeNull()
  })

  test('a cancelled plan is one again', async () => {
    const client = await newClient()
    const made = await enter({ clientId: client.id, dueAt: '2026-12-01T10:00:00Z' })
    await manager.post(`/activities/${made.id}/cancellation`, { reason: 'Уехал' })
    await undo()
    expect(await openOf(client.id)).toMatchObject([{ id: made.id, cancelReason: null }])
  })
})
