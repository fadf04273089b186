import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { newId } from '#shared/new-id.ts'
import { testWorld, type Person } from '#app/testing.ts'
import { bulkEdit, editCells } from '#features/clients/cells-contract.ts'

const world = testWorld()

const made = async (person: Person, fields: Record<string, unknown>) =>
  (await person.post('/clients', fields)).body
const cells = (person: Person, edits: Record<string, unknown>[], more: Record<string, unknown> = {}) =>
  person.post('/clients/cells', { act: 'cells.paste', edits, ...more })
const outcomes = (answer: { body: { cells: { outcome: string }[] } }) =>
  answer.body.cells.map(({ outcome }) => outcome)

describe('cells', () => {
  test('good ones are written in one change-set, each other one says why not', async () => {
    const manager = await world.person('manager')
    const head = await world.person('head')
    await head.post('/choices', { field: 'stage', name: 'Переговоры' })
    await head.post('/custom-fields', { key: 'turnover', title: 'Оборот', type: 'number' })
    await head.post('/custom-fields', { key: 'since', title: 'С какого дня', type: 'date' })
    await head.post('/custom-fields', { key: 'vip', title: 'ВИП', type: 'flag' })
    const first = await made(manager, { name: 'ООО «Первая»', region: 'Тверь' })
    const second = await made(manager, { name: 'ООО «Вторая»' })
    const edit = (client: { id: string; version: number }, field: string, text: string) => ({
      id: client.id,
      version: client.version,
      field,
      text,
    })
    const answer = await cells(manager, [
      edit(first, 'region', 'Тверь'),
      edit(first, 'stage', ' переговоры '),
      edit(first, 'custom.turnover', '1 234,50'),
      edit(first, 'custom.since', '31.12.2026'),
      edit(first, 'custom.vip', 'Да'),
      edit(first, 'inn', '7707083893.0'),
      edit(first, 'categories', 'опт, VIP; опт'),
      edit(first, 'phone', '8 (495) 700-11-22; моб. 8 916 123-45-67'),
      edit(first, 'isSupplier', 'да'),
      edit(second, 'name', '  '),
      edit(second, 'stage', 'Нет такой'),
      edit(second, 'custom.turnover', 'много'),
      edit(second, 'custom.since', '31.02.2026'),
      edit(second, 'no', '5'),
      edit(second, 'custom.nothing', 'x'),
      edit(second, 'comment', 'а\0б'),
      edit(second, 'fullName', 'я'.repeat(501)),
      edit(second, 'kind', 'ИП'),
    ])
    expect(answer.status).toBe(200)
    editCells.output.parse(answer.body)
    expect(outcomes(answer)).toEqual([
      'unchanged',
      ...Array<string>(8).fill('written'),
      ...Array<string>(8).fill('refused'),
      'written',
    ])
    expect(answer.body.cells[10].message).toBe('Значения «Нет такой» нет в списке.')
    expect(answer.body.clients).toHaveLength(2)
    expect(answer.body.clients[0]).toMatchObject({
      id: first.id,
      stage: 'Переговоры',
      custom: { turnover: 1234.5, since: '2026-12-31', vip: true },
      inn: '7707083893',
      entered: { inn: '7707083893.0' },
      categories: ['опт', 'VIP'],
      isSupplier: true,
    })
    const phones = answer.body.clients[0].contacts
    expect(phones.map(({ normalized }: { normalized: string }) => normalized)).toEqual([
      '+74957001122',
      '+79161234567',
    ])
    expect(phones[0]).toMatchObject({ checkedBy: manager.id, verdict: 'ok' })
    expect(answer.body.clients[1].kind).toBe('entrepreneur')
    const journal = await world.sql<{ act: string; rows: number }>(
      `select s.act, count(*)::int as rows from change_sets s join changes c on c.change_set_id = s.id where s.id = $1 group by s.act`,
      [answer.body.changeSetId],
    )
    expect(journal).toEqual([{ act: 'cells.paste', rows: 4 }])
    const states = await world.sql('select phone from client_states where client_id = $1', [first.id])
    expect(states).toEqual([{ phone: 3 }])
    expect((await manager.get('/clients?search=9161234567')).body.items).toHaveLength(1)
  })

  test('nothing to write is no change-set', async () => {
    const manager = await world.person('manager')
    const { id, version } = await made(manager, { name: 'Та же', region: 'Псков' })
    const answer = await cells(manager, [
      { id, version, field: 'region', text: 'Псков' },
      { id, version, field: 'name', text: '' },
    ])
    expect(answer.body).toMatchObject({ changeSetId: null, clients: [{ id, version }] })
    expect(outcomes(answer)).toEqual(['unchanged', 'refused'])
  })

  test('a contact that stays in its cell keeps its label, note and check; one retyped is the same contact corrected', async () => {
    const manager = await world.person('manager')
    const { id, version } = await made(manager, {
      name: 'Контактная',
      contacts: [
        { kind: 'phone', value: '8 495 700-11-22', label: 'офис', note: 'до шести' },
        { kind: 'email', value: 'a@example.ru', label: 'бухгалтерия' },
        { kind: 'phone', value: '8 916 123-45-67', primary: true },
      ],
    })
    const before = (await manager.get(`/clients/${id}`)).body.contacts
    const answer = await cells(manager, [
      { id, version, field: 'phone', text: '+7 (916) 123-45-67\n8 495 700-11-22\n+7 812 300-40-50' },
      { id, version, field: 'email', text: 'b@example.ru' },
    ])
    expect(outcomes(answer)).toEqual(['written', 'written'])
    const after = answer.body.clients[0].contacts
    expect(after.map(({ value }: { value: string }) => value)).toEqual([
      '+7 (916) 123-45-67',
      '8 495 700-11-22',
      '+7 812 300-40-50',
      'b@example.ru',
    ])
    expect(after[1]).toMatchObject({ id: before[0].id, label: 'офис', note: 'до шести' })
    expect(after[0]).toMatchObject({ id: before[2].id, primary: true })
    expect(after[3]).toMatchObject({ id: before[1].id, label: 'бухгалтерия' })
  })

  test('a cell somebody changed meanwhile is asked about, with all three values; another field of the client is written', async () => {
    const owner = await world.person('manager', { name: 'Хозяин' })
    const helper = await world.person('manager')
    const { id, version } = await made(owner, { name: 'Общая', region: 'Тверь', managerIds: [helper.id] })
    const seen = (await helper.get(`/clients/${id}`)).body.version
    await owner.patch(`/clients/${id}`, { version, region: 'Псков' })
    const answer = await cells(helper, [
      { id, version: seen, field: 'region', text: 'Орёл' },
      { id, version: seen, field: 'comment', text: 'звонить утром' },
    ])
    expect(answer.body.cells).toEqual([
      { index: 0, outcome: 'conflict', current: 'Псков', before: 'Тверь' },
      { index: 1, outcome: 'written' },
    ])
    expect(answer.body.clients[0]).toMatchObject({ region: 'Псков', comment: 'звонить утром' })
    const mine = await cells(helper, [
      { id, version: answer.body.clients[0].version, field: 'region', text: 'Орёл' },
    ])
    expect(outcomes(mine)).toEqual(['written'])
    const same = await cells(owner, [{ id, version, field: 'region', text: 'Орёл' }])
    expect(outcomes(same)).toEqual(['unchanged'])
  })

  test('a telephone typed here and an e-mail typed there both win; the same telephone is asked about', async () => {
    const owner = await world.person('manager')
    const helper = await world.person('manager')
    const { id } = await made(owner, {
      name: 'Двое',
      managerIds: [helper.id],
      contacts: [{ kind: 'phone', value: '8 495 700-11-22' }],
    })
    const { version } = (await owner.get(`/clients/${id}`)).body
    await cells(owner, [{ id, version, field: 'email', text: 'a@example.ru', seen: '' }])
    const phone = { id, version, field: 'phone', text: '8 495 700-11-33', seen: '8 495 700-11-22' }
    const won = await cells(helper, [phone])
    expect(outcomes(won)).toEqual(['written'])
    expect(won.body.clients[0].contacts).toHaveLength(2)
    const late = await cells(owner, [{ ...phone, text: '8 495 700-11-44' }])
    expect(late.body.cells[0]).toEqual({
      index: 0,
      outcome: 'conflict',
      current: '8 495 700-11-33',
      before: null,
    })
  })

  test('an owner is named by name; whom one may not give a client to is refused and the rest is written', async () => {
    const manager = await world.person('manager', { team: 'Запад', name: 'Анна Западная' })
    const teamHead = await world.person('team-head', { team: 'Запад' })
    await world.person('manager', { team: 'Запад', name: 'Борис Западный' })
    await world.person('manager', { team: 'Восток', name: 'Вера Восточная' })
    const { id, version } = await made(manager, { name: 'Передаваемая' })
    const give = (person: Person, text: string) =>
      cells(person, [
        { id, version, field: 'owner', text },
        { id, version, field: 'comment', text: `был ${text}` },
      ])
    expect(outcomes(await give(manager, 'Борис Западный'))).toEqual(['refused', 'written'])
    expect(
      outcomes(await cells(teamHead, [{ id, version: 99, field: 'owner', text: 'Вера Восточная' }])),
    ).toEqual(['refused'])
    expect(outcomes(await cells(teamHead, [{ id, version: 99, field: 'owner', text: '' }]))).toEqual([
      'refused',
    ])
    expect(
      outcomes(await cells(teamHead, [{ id, version: 99, field: 'owner', text: 'борис западный' }])),
    ).toEqual(['written'])
    expect((await manager.get(`/clients/${id}`)).status).toBe(404)
  })

  test('another’s client is not found, word for word as one that never was; one in the archive is refused', async () => {
    const owner = await world.person('manager')
    const stranger = await world.person('manager')
    const { id, version } = await made(owner, { name: 'Чужая тайна', region: 'Глушь' })
    const answer = await cells(stranger, [
      { id, version, field: 'region', text: 'Глушь' },
      { id: '01900000-0000-7000-8000-000000000000', version, field: 'region', text: 'Глушь' },
    ])
    expect(outcomes(answer)).toEqual(['refused', 'refused'])
    expect(answer.body.cells[0].message).toBe(answer.body.cells[1].message)
    expect(answer.body).toMatchObject({ changeSetId: null, clients: [] })
    await owner.del(`/clients/${id}`)
    const late = await cells(owner, [{ id, version, field: 'region', text: 'Тверь' }])
    expect(late.body.cells[0]).toMatchObject({
      outcome: 'refused',
      message: expect.stringContaining('корзине'),
    })
  })

  test('answers in the language asked for', async () => {
    const manager = await world.person('manager')
    const { id, version } = await made(manager, { name: 'Языковая' })
    const body = { edits: [{ id, version, field: 'name', text: '' }] }
    const answer = await manager.call('POST', '/clients/cells', body, { 'accept-language': 'en' })
    expect(answer.body.cells[0].message).toBe('A client must have a name.')
  })
})

describe('rows below the last one', () => {
  test('become clients of who pasted them; bad cells are left out, twins told, a row without a name refused', async () => {
    const manager = await world.person('manager')
    await made(manager, { name: 'ООО «Ветка»', inn: '7728168971' })
    const answer = await cells(manager, [], {
      creates: [
        { cells: { name: 'ООО «Листок»', phone: '8 916 123-45-68; 8 495 700-11-23', region: 'Тверь' } },
        { cells: { name: 'Ветка', inn: '7728168971', isBuyer: 'может быть', owner: '' } },
        { cells: { name: '', region: 'Тверь' } },
      ],
    })
    expect(answer.status).toBe(200)
    editCells.output.parse(answer.body)
    const [leaf, twin, none] = answer.body.created
    expect(leaf).toMatchObject({ index: 0, refused: [], duplicates: [] })
    expect(twin.refused).toEqual([{ field: 'isBuyer', message: expect.stringContaining('Да') }])
    expect(twin.duplicates).toEqual([expect.objectContaining({ name: 'ООО «Ветка»', score: 'same' })])
    expect(none).toMatchObject({ id: null, message: expect.stringContaining('наименования') })
    expect(answer.body.clients).toHaveLength(2)
    expect(answer.body.clients[0]).toMatchObject({
      ownerId: manager.id,
      region: 'Тверь',
      isBuyer: true,
      version: 1,
    })
    expect(answer.body.clients[0].contacts).toHaveLength(2)
    expect((await manager.get('/clients?search=листок')).body.items).toHaveLength(1)
  })

  test('sent a second time under their ids are made once, and the act is not told twice', async () => {
    const manager = await world.person('manager')
    const creates = ['Первая', 'Вторая'].map((name) => ({
      id: newId(),
      cells: { name: `ООО «${name} дважды»`, phone: '8 495 700-11-24' },
    }))
    const first = await cells(manager, [], { creates: creates.slice(0, 1) })
    expect(first.body.created).toMatchObject([{ id: creates[0]!.id }])
    const both = await cells(manager, [], { creates })
    expect(both.body.created.map(({ id }: { id: string }) => id)).toEqual(creates.map(({ id }) => id))
    const again = await cells(manager, [], { creates })
    expect(again.body).toMatchObject({
      changeSetId: null,
      created: [{ id: creates[0]!.id }, { id: creates[1]!.id }],
    })
    expect((await manager.get('/clients?search=дважды')).body.items).toHaveLength(2)
    expect((await manager.get(`/clients/${creates[0]!.id}`)).body.contacts).toHaveLength(1)
  })

  test('under the id of a client one may not see make nothing and tell nothing of it', async () => {
    const foreign = await made(await world.person('manager'), { name: 'ООО «Чужая строка»' })
    const manager = await world.person('manager')
    const answer = await cells(manager, [], { creates: [{ id: foreign.id, cells: { name: 'Захват' } }] })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(JSON.stringify(answer.body)).not.toContain('Чужая')
    expect((await manager.get('/clients/count')).body.count).toBe(0)
  })

  test('of the head are nobody’s until he names an owner', async () => {
    const head = await world.person('head')
    const manager = await world.person('manager', { name: 'Глеб Новый' })
    const answer = await cells(head, [], {
      creates: [{ cells: { name: 'Ничей' } }, { cells: { name: 'Глебов', owner: 'Глеб Новый' } }],
    })
    expect(answer.body.clients.map(({ ownerId }: { ownerId: string }) => ownerId)).toEqual([null, manager.id])
  })
})

describe('a bulk edit', () => {
  test('of chosen clients adds a word to a list and reports each refusal by name', async () => {
    const manager = await world.person('manager')
    const other = await world.person('manager')
    const first = await made(manager, { name: 'Раз', categories: ['опт'] })
    const second = await made(manager, { name: 'Два', categories: ['VIP', 'опт'] })
    const hidden = await made(other, { name: 'Невидимая' })
    await manager.del(`/clients/${second.id}`)
    const answer = await manager.post('/clients/bulk-edits', {
      ids: [first.id, second.id, hidden.id],
      changes: [{ field: 'categories', text: 'vip', mode: 'add' }],
      expected: 3,
    })
    expect(answer.status).toBe(200)
    bulkEdit.output.parse(answer.body)
    expect(answer.body).toMatchObject({ jobId: null, counts: { written: 1, unchanged: 0, refused: 2 } })
    expect(answer.body.refused.map(({ name }: { name: string }) => name)).toEqual([null, 'Два'])
    expect((await manager.get(`/clients/${first.id}`)).body.categories).toEqual(['опт', 'vip'])
    expect(JSON.stringify(answer.body)).not.toContain('Невидимая')
    const wrong = { ids: [first.id], changes: [{ field: 'region', text: 'x', mode: 'add' }], expected: 1 }
    expect((await manager.post('/clients/bulk-edits', wrong)).status).toBe(422)
    expect((await manager.post('/clients/bulk-edits', { changes: wrong.changes, expected: 1 })).status).toBe(
      422,
    )
  })

  test('of a filter changes what was counted; when the count no longer holds it is told so', async () => {
    const manager = await world.person('manager')
    for (let n = 0; n < 4; n++) await made(manager, { name: `Счётная ${n}`, region: 'Счётск' })
    const filter = { region: ['Счётск'] }
    const changes = [
      { field: 'stage', text: '' },
      { field: 'comment', text: 'обзвонить' },
    ]
    const stale = await manager.post('/clients/bulk-edits', { filter, changes, expected: 40 })
    expect(stale.status).toBe(409)
    expect(stale.body).toMatchObject({ type: 'count-changed', count: 4 })
    const { count } = (await manager.get('/clients/count?region=Счётск&all=true')).body
    const answer = await manager.post('/clients/bulk-edits', { filter, changes, expected: count })
    expect(answer.body.counts).toEqual({ written: 4, unchanged: 0, refused: 0 })
    const acts = await world.sql('select act from change_sets where id = $1', [answer.body.changeSetId])
    expect(acts).toEqual([{ act: 'client.bulk-edit' }])
  })

  test('of thousands is a job in one change-set, only over what its author sees', async () => {
    const manager = await world.person('manager')
    const other = await world.person('manager')
    const rows = (count: number, name: string) =>
      Array.from({ length: count }, (_, n) => ({ cells: { name: `${name} ${n}`, region: 'Работск' } }))
    await cells(manager, [], { creates: rows(2_500, 'Своя') })
    await cells(other, [], { creates: rows(3, 'Чужая') })
    const answer = await manager.post('/clients/bulk-edits', {
      filter: { region: ['Работск'] },
      changes: [{ field: 'source', text: 'Выставка' }],
      expected: 2_500,
    })
    const job = await ended(manager, answer.body.jobId)
    expect(job).toMatchObject({ status: 'done', done: 2_500, total: 2_500 })
    expect(job.result.counts).toEqual({ written: 2_500, unchanged: 0, refused: 0 })
    const changed = await world.sql(
      `select count(*)::int as rows, count(distinct c.owner_id)::int as owners, count(distinct ch.change_set_id)::int as sets
       from clients c join changes ch on ch.row_id = c.id and ch.op = 'u' where c.source = 'Выставка'`,
    )
    expect(changed).toEqual([{ rows: 2_500, owners: 1, sets: 1 }])
  })
})

async function ended(person: Person, id: string) {
  for (let tries = 0; tries < 400; tries++) {
    const { body } = await person.get(`/jobs/${id}`)
    if (!['queued', 'running'].includes(body.status)) return body
    await pause(50)
  }
  throw new Error('the job did not end in twenty seconds')
}
