import { beforeAll, describe, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'

const world = testWorld()
let manager: Person
let colleague: Person
let lead: Person
let stranger: Person
let head: Person

beforeAll(async () => {
  manager = await world.person('manager', { team: 'Север' })
  colleague = await world.person('manager', { team: 'Север' })
  lead = await world.person('team-head', { team: 'Север' })
  stranger = await world.person('manager', { team: 'Юг' })
  head = await world.person('head')
})

const lastAct = async (person: Person) => (await person.get('/change-sets?limit=1')).body.items[0]
const read = async (id: string, person = head) => (await person.get(`/clients/${id}`)).body
const reverse = (person: Person, id: string) => person.post(`/change-sets/${id}/reversal`)
const undoLast = async (person: Person) => {
  const answer = await reverse(person, (await lastAct(person)).id)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer
}

const draft = (name: string) => ({
  name,
  region: 'Тверь',
  contacts: [{ kind: 'phone', value: '+7 916 123-45-67' }],
  people: [{ name: 'Петров Иван', contacts: [{ kind: 'email', value: 'ivan@luch.ru' }] }],
  accounts: [{ account: '40702810900000000001' }],
})
const enter = async (name: string, person = manager) => (await person.post('/clients', draft(name))).body
const patch = async (person: Person, id: string, fields: object) => {
  const { version } = await read(id, person)
  const answer = await person.patch(`/clients/${id}`, { version, ...fields })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}

describe('fields', () => {
  test('what nobody has changed since goes back, the rest is kept and listed with who and when', async () => {
    const { id } = await enter('Поля')
    await patch(manager, id, { region: 'Москва', comment: 'первый', source: 'Выставка' })
    const act = await lastAct(manager)
    await patch(head, id, { comment: 'второй' })
    const { status, body } = await reverse(manager, act.id)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      jobId: null,
      counts: { restored: 0, kept: 1, hidden: 0 },
      kept: [
        {
          entity: 'clients',
          rowId: id,
          clientId: id,
          clientName: 'Поля',
          field: 'comment',
          changedBy: head.id,
        },
      ],
    })
    expect(Date.parse(body.kept[0].changedAt)).toBeGreaterThan(Date.now() - 60_000)
    expect(await read(id)).toMatchObject({ region: 'Тверь', source: null, comment: 'второй' })
    // To who saw the card before that, it is a change like any other.
    const seen = (await read(id)).version - 1
    const clash = await head.patch(`/clients/${id}`, { version: seen, region: 'Псков', stage: 'Новый' })
    expect(clash.body).toMatchObject({ current: { region: 'Тверь' }, before: { region: 'Москва' } })
    expect(await lastAct(manager)).toMatchObject({
      id: body.changeSetId,
      act: 'change-set.reverse',
      reversedAct: 'client.update',
      reverses: act.id,
      depth: 1,
      details: { restored: 0, kept: 1, hidden: 0 },
    })
  })

  test('values of custom fields go back one by one', async () => {
    for (const key of ['budget', 'colour'])
      await head.post('/custom-fields', { key, title: key, type: 'text' })
    const { id } = await enter('Свои поля')
    await patch(manager, id, { custom: { budget: '5', colour: 'red' } })
    await patch(head, id, { custom: { budget: '7' } })
    const body = (await undoLast(manager)).body
    expect(body.kept).toMatchObject([{ field: 'custom.budget', changedBy: head.id }])
    expect((await read(id)).custom).toEqual({ budget: '7' })
  })

  test('a name and what is made of it go back together', async () => {
    const { id } = await enter('ООО «Было»')
    await patch(manager, id, { name: 'ООО «Стало»' })
    expect((await undoLast(manager)).body.counts).toEqual({ restored: 1, kept: 0, hidden: 0 })
    expect((await read(id)).name).toBe('ООО «Было»')
    expect(await world.sql('select name_core from clients where id = $1', [id])).toEqual([
      { name_core: 'былo|ООО' },
    ])
    expect((await manager.get(`/clients?search=${encodeURIComponent('было')}`)).body.items).toHaveLength(1)
    expect((await manager.get(`/clients?search=${encodeURIComponent('стало')}`)).body.items).toHaveLength(0)
  })
})

test('taken back, brought back, taken back again from the act itself', async () => {
  const { id } = await enter('Туда-сюда')
  await patch(manager, id, { region: 'Москва' })
  const act = await lastAct(manager)
  const seen = async () => (await manager.get(`/change-sets/${act.id}`)).body
  const first = (await reverse(head, act.id)).body.changeSetId
  expect(await seen()).toMatchObject({ reversedBy: first, mayReverse: false })
  await reverse(head, first)
  expect((await read(id)).region).toBe('Москва')
  expect(await seen()).toMatchObject({ reversedBy: null, mayReverse: true })
  const again = await reverse(manager, act.id)
  expect(again.body.counts).toEqual({ restored: 1, kept: 0, hidden: 0 })
  expect((await read(id)).region).toBe('Тверь')
  expect(await seen()).toMatchObject({ reversedBy: again.body.changeSetId, mayReverse: false })
})

describe('rows', () => {
  test('a client entered goes to the archive and comes back with all it had', async () => {
    const before = await enter('Новый')
    const first = (await undoLast(manager)).body
    expect(first.counts).toEqual({ restored: 1, kept: 0, hidden: 0 })
    expect((await read(before.id)).archivedAt).not.toBeNull()
    await reverse(manager, first.changeSetId)
    const after = await read(before.id)
    expect(after.archivedAt).toBeNull()
    expect([after.contacts, after.people, after.accounts]).toEqual([
      before.contacts,
      before.people,
      before.accounts,
    ])
  })

  test('a client entered stays when a colleague has written something down about it since', async () => {
    const { id } = await enter('С чужой заметкой')
    const act = await lastAct(manager)
    await patch(manager, id, { managerIds: [colleague.id] })
    await colleague.post('/activities', { clientId: id, kind: 'note', text: 'звонили' })
    const { body } = await reverse(manager, act.id)
    expect(body).toMatchObject({
      counts: { restored: 0, kept: 1, hidden: 0 },
      kept: [{ entity: 'clients', rowId: id, field: null, changedBy: colleague.id }],
    })
    expect(await read(id)).toMatchObject({ archivedAt: null, region: 'Тверь' })
  })

  test('removed contacts, people with what hangs on them and accounts return under their ids', async () => {
    const { id, ...before } = await enter('Без всего')
    const person = before.people[0].id
    const note = (
      await manager.post('/activities', { clientId: id, personId: person, kind: 'call', text: 'ему' })
    ).body
    const file = (
      await manager.upload(
        `/clients/${id}/files`,
        { name: 'д.txt', data: Buffer.from('1') },
        { personId: person, activityId: note.id },
      )
    ).body
    await patch(manager, id, { contacts: [], people: [], accounts: [] })
    expect((await manager.get(`/activities/${note.id}`)).body.personId).toBeNull()
    await undoLast(manager)
    const after = await read(id)
    expect([after.contacts, after.people, after.accounts]).toEqual([
      before.contacts,
      before.people,
      before.accounts,
    ])
    expect((await manager.get(`/activities/${note.id}`)).body.personId).toBe(person)
    expect((await manager.get(`/files/${file.id}`)).body).toMatchObject({
      personId: person,
      activityId: note.id,
    })
  })

  test('a person entered stays when somebody else has given him a telephone', async () => {
    const { id, people } = await enter('Двое')
    const added = await patch(manager, id, { people: [...people, { name: 'Сидоров Пётр' }] })
    const act = await lastAct(manager)
    const second = added.people[1]
    await patch(head, id, {
      people: [people[0], { id: second.id, contacts: [{ kind: 'phone', value: '+7 916 765-43-21' }] }],
    })
    const { body } = await reverse(manager, act.id)
    expect(body.kept).toMatchObject([{ entity: 'people', rowId: second.id, field: null, changedBy: head.id }])
    expect((await read(id)).people).toHaveLength(2)
  })

  test('an entry deleted, done or written is taken back; a file too, while its content is there', async () => {
    const { id } = await enter('Дела')
    const entry = (
      await manager.post('/activities', {
        clientId: id,
        kind: 'task',
        text: 'дело',
        dueAt: '2030-01-01T09:00:00Z',
      })
    ).body
    const written = await lastAct(manager)
    await manager.post(`/activities/${entry.id}/completion`, { result: 'готово' })
    await undoLast(manager)
    expect((await manager.get(`/activities/${entry.id}`)).body).toMatchObject({ doneAt: null, result: null })
    await manager.del(`/activities/${entry.id}`)
    await undoLast(manager)
    expect((await manager.get(`/activities/${entry.id}`)).body).toMatchObject({ text: 'дело', doneAt: null })
    await reverse(manager, written.id)
    expect((await manager.get(`/activities/${entry.id}`)).status).toBe(404)

    const file = (await manager.upload(`/clients/${id}/files`, { name: 'а.txt', data: Buffer.from('а') }))
      .body
    const away = (await undoLast(manager)).body
    expect((await manager.get(`/files/${file.id}`)).status).toBe(404)
    await reverse(manager, away.changeSetId)
    expect((await manager.get(`/files/${file.id}/content`)).body).toBe('а')
    const deletion = (await manager.del(`/files/${file.id}`)).body.changeSetId
    await world.sql('delete from file_chunks where file_id = $1', [file.id])
    expect((await reverse(manager, deletion)).body).toMatchObject({
      counts: { kept: 1 },
      kept: [{ entity: 'files', rowId: file.id, field: 'deleted_at', changedBy: null }],
    })
  })

  test('who was let in leaves, who was sent away returns, and no other', async () => {
    const { id } = await enter('Вместе')
    await patch(manager, id, { managerIds: [colleague.id] })
    await patch(manager, id, { managerIds: [stranger.id] })
    const act = await lastAct(manager)
    await patch(manager, id, { managerIds: [stranger.id, lead.id] })
    await reverse(manager, act.id)
    expect((await read(id)).managerIds.toSorted()).toEqual([colleague.id, lead.id].toSorted())
    expect((await read(id, stranger)).id).toBeUndefined()
  })
})

test('a seat for some days comes back with its days and its limits', async () => {
  const { id } = await enter('На время')
  const act = (statement: string) =>
    world.sql<{ id: string }>(
      `with m as (insert into change_sets (author_id, act) values ($1, 'client.share') returning id),
         s as (select set_config('app.change_set', id::text, true)::uuid as id from m), w as (${statement})
       select s.id from s, (select count(*) from w) n`,
      [head.id, id, stranger.id],
    )
  const seats = () =>
    world.sql(
      'select reason, valid_from, valid_until, mode from seats where client_id = $1 and user_id = $2',
      [id, stranger.id],
    )
  await act(`insert into seats (client_id, user_id, reason, valid_from, valid_until, mode)
    select $2, $3, 'substitution', '2030-01-01', '2030-02-01', 'read' from s returning 1`)
  const before = await seats()
  expect(before).toMatchObject([{ reason: 'substitution', mode: 'read' }])
  const [gone] = await act('delete from seats using s where client_id = $2 and user_id = $3 returning 1')
  expect(await seats()).toEqual([])
  expect((await reverse(head, gone!.id)).body.counts).toEqual({ restored: 1, kept: 0, hidden: 0 })
  expect(await seats()).toEqual(before)
})

describe('rights', () => {
  test('by its author or a head: a team head sees it and is told no, others see none', async () => {
    const { id } = await enter('Чей')
    await patch(manager, id, { region: 'Псков' })
    const act = await lastAct(manager)
    expect((await reverse(stranger, act.id)).status).toBe(404)
    expect((await reverse(colleague, act.id)).status).toBe(404)
    expect((await lead.get(`/change-sets/${act.id}`)).body.mayReverse).toBe(false)
    expect((await reverse(lead, act.id)).status).toBe(403)
    expect((await read(id)).region).toBe('Псков')
    expect((await reverse(head, act.id)).body.counts).toEqual({ restored: 1, kept: 0, hidden: 0 })
    expect((await read(id)).region).toBe('Тверь')
    expect((await reverse(manager, act.id)).status).toBe(409)
  })

  test('a client that has moved to somebody else is counted and not named', async () => {
    const { id } = await enter('Уехал')
    await patch(manager, id, { region: 'Псков' })
    const act = await lastAct(manager)
    await patch(head, id, { ownerId: stranger.id })
    const answer = await reverse(manager, act.id)
    expect(answer.body).toMatchObject({ counts: { restored: 0, kept: 0, hidden: 1 }, kept: [] })
    expect(answer.raw.includes(id) || answer.raw.includes('Уехал')).toBe(false)
    expect((await read(id)).region).toBe('Псков')
    // Nothing of it was taken back, so a head still can.
    expect((await reverse(head, act.id)).body.counts).toEqual({ restored: 1, kept: 0, hidden: 0 })
    expect((await read(id)).region).toBe('Тверь')
  })

  test('an owner goes back as far as the caller may give clients', async () => {
    const { id } = await enter('Передан')
    await patch(lead, id, { ownerId: lead.id })
    expect((await undoLast(lead)).body.counts).toEqual({ restored: 1, kept: 0, hidden: 0 })
    expect((await read(id)).ownerId).toBe(manager.id)
    await patch(lead, id, { ownerId: lead.id })
    const act = await lastAct(lead)
    const boss = await world.person('team-head', { team: 'Запад' })
    await world.sql('update users set team_id = $2 where id = $1', [
      manager.id,
      (await world.sql<{ team_id: string }>('select team_id from users where id = $1', [boss.id]))[0]!
        .team_id,
    ])
    expect((await reverse(lead, act.id)).body).toMatchObject({
      counts: { restored: 0, kept: 1 },
      kept: [{ field: 'owner_id', changedBy: null }],
    })
    expect((await read(id)).ownerId).toBe(lead.id)
    await world.sql('update users set team_id = (select team_id from users where id = $2) where id = $1', [
      manager.id,
      lead.id,
    ])
    await world.sql('update users set active = false where id = $1', [colleague.id])
    await patch(head, id, { ownerId: lead.id })
    await world.sql('update users set active = true where id = $1', [colleague.id])
  })

  test('what somebody has written down for himself alone no head takes back', async () => {
    await manager.post('/activities', { kind: 'note', text: 'личное' })
    expect((await reverse(head, (await lastAct(manager)).id)).status).toBe(404)
  })
})
