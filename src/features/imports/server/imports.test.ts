import { expect, test } from 'vitest'
import { testWorld } from '#app/testing.ts'
import { applied, imported, settled, uploaded } from './testing-import.ts'

const world = testWorld()

const table = `Наименование;ИНН;КПП;Контактное лицо;Телефон;E-mail
ООО "Ромашка";7707083893;770701001;Иванов Иван Иванович;8 (495) 730-42-01;sale@romashka-odin.ru
ООО "Василек";;;;+7 916 301-42-02;v@vasilek-dva.ru
ООО "Ромашка";7707083893;;Петрова Анна;89163014203;
;;;;8 916 301 42 04;
Итого;;;;;
`

test('a table goes from upload to clients as it stands, and the same table again is nothing new', async () => {
  const manager = await world.person('manager')
  const ready = await uploaded(manager, table)
  expect(ready).toMatchObject({
    status: 'ready',
    format: 'csv',
    encoding: 'utf-8',
    ownerId: manager.id,
    counts: { create: 2, update: 0, skip: 2, doubtful: 0, error: 1 },
  })
  const done = await applied(manager, ready)
  expect(done.status).toBe('applied')
  const { body } = await manager.get('/clients?sort=name')
  expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['ООО "Василек"', 'ООО "Ромашка"'])
  const [, romashka] = body.items
  expect(romashka.people.map(({ name }: { name: string }) => name)).toEqual([
    'Иванов Иван Иванович',
    'Петрова Анна',
  ])
  expect(romashka).toMatchObject({ version: 1, ownerId: manager.id, inn: '7707083893', kpp: '770701001' })
  // An old table is no check.
  expect(romashka.contacts.every(({ checkedAt }: { checkedAt: unknown }) => checkedAt === null)).toBe(true)
  const again = await imported(manager, table)
  expect(again).toMatchObject({
    status: 'applied',
    changeSetId: null,
    counts: { create: 0, update: 0, skip: 4, doubtful: 0, error: 1 },
  })
})

test('rows are shown with verdicts, outcomes and reasons before anything is written', async () => {
  const manager = await world.person('manager')
  const { id } = await uploaded(
    manager,
    table
      .replaceAll('7707083893', '7707083894')
      .replaceAll('-42-', '-43-')
      .replaceAll('142', '143')
      .replaceAll('-odin', '-tri')
      .replaceAll('-dva', '-chetyre'),
  )
  const { body } = await manager.get(`/imports/${id}/rows?limit=2`)
  expect(body.nextCursor).toBe('3')
  expect(body.items[0]).toMatchObject({ number: 2, outcome: 'create', name: 'ООО "Ромашка"', sameAs: null })
  expect(body.items[0].verdicts[1]).toEqual({ index: 1, verdict: 'junk', reason: 'number.checksum' })
  const errors = await manager.get(`/imports/${id}/rows?outcome=error`)
  expect(errors.body.items).toMatchObject([
    { number: 5, reason: 'Не указано ни название, ни имя', cells: ['', '', '', '', '8 916 301 42 04'] },
  ])
  const skipped = await manager.get(`/imports/${id}/rows?outcome=skip`)
  expect(skipped.body.items).toMatchObject([
    { number: 4, sameAs: 2 },
    { number: 6, reason: 'Итоговая строка' },
  ])
  expect((await world.sql('select 1 from clients where owner_id = $1', [manager.id])).length).toBe(0)
})

test('failed rows come back as a workbook with the reason in a last column', async () => {
  const manager = await world.person('manager')
  const { id } = await uploaded(manager, table)
  const file = await manager.get(`/imports/${id}/failed.xlsx`)
  const back = await uploaded(manager, file.raw)
  expect(back).toMatchObject({ status: 'refused' })
  expect(back.problem).toMatch(/^Ни в одной строке/)
})

test('files without clients are refused with a sentence, in the language asked for', async () => {
  const manager = await world.person('manager')
  const { body } = await manager.upload('/imports', { name: 'x.csv', data: Buffer.from('') })
  expect(await settled(manager, body.id)).toMatchObject({ status: 'refused' })
  const english = await manager.call('GET', `/imports/${body.id}`, undefined, { 'accept-language': 'en' })
  expect(english.body.problem).toMatch(/^[A-Z].* /)
  expect((await manager.post(`/imports/${body.id}/application`)).status).toBe(409)
})

test.each(['windows-1251', 'utf-16le', 'ibm866'])('Russian text in %s is read', async (encoding) => {
  const manager = await world.person('manager')
  const text = 'Клиент\tТелефон\nООО «Северный ветер»\t8 916 301-42-77\nООО «Южный ветер»\t8 916 301-42-78\n'
  const ready = await uploaded(manager, encoded(text, encoding), {}, 'таблица.txt')
  expect(ready).toMatchObject({ status: 'ready', encoding, counts: { create: 2 } })
  const { body } = await manager.get(`/imports/${ready.id}/rows`)
  expect(body.items[0].name).toMatch(/^ООО [«"]Северный ветер[»"]$/)
})

function encoded(text: string, encoding: string): Buffer {
  if (encoding === 'utf-16le') return Buffer.from(`\uFEFF${text}`, 'utf16le')
  const decoder = new TextDecoder(encoding)
  const bytes = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Buffer.from([byte])), byte] as const),
  )
  return Buffer.from(
    Array.from(
      text,
      (letter) => bytes.get(letter) ?? bytes.get(letter === '«' || letter === '»' ? '"' : '?')!,
    ),
  )
}

test('several files in one upload are several imports', async () => {
  const manager = await world.person('manager')
  const part = (name: string, text: string) =>
    `--x\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n${text}\r\n`
  const body = `${part('a.csv', 'Клиент;Телефон\nООО "Азъ";89163014251\n')}${part('b.csv', 'Клиент;Телефон\nООО "Буки";89163014252\n')}--x--\r\n`
  const answer = await manager.call('POST', '/imports', Buffer.from(body), {
    'content-type': 'multipart/form-data; boundary=x',
  })
  expect(answer.status).toBe(201)
  expect(answer.body.ids).toHaveLength(2)
  expect(answer.body.id).toBe(answer.body.ids[0])
  for (const id of answer.body.ids)
    expect(await settled(manager, id)).toMatchObject({ counts: { create: 1 } })
  const list = await manager.get('/imports')
  expect(list.body.items.map(({ name }: { name: string }) => name)).toEqual(['b.csv', 'a.csv'])
})

test('a corrected mapping is read anew', async () => {
  const manager = await world.person('manager')
  const ready = await uploaded(manager, 'Клиент;Прочее\nООО "Мапа";89163014261\n')
  const mapping = structuredClone(ready.mapping!)
  mapping.columns[1]!.target = 'phone'
  const changed = await manager.patch(`/imports/${ready.id}`, { mapping })
  expect(changed.body.status).toBe('reading')
  await applied(manager, await settled(manager, ready.id))
  const { body } = await manager.get('/clients?search=Мапа')
  expect(body.items[0].contacts).toMatchObject([{ kind: 'phone', normalized: '+79163014261' }])
  expect((await manager.patch(`/imports/${ready.id}`, { twins: 'skip' })).status).toBe(409)
  mapping.sheet = 7
  const other = await uploaded(manager, 'Клиент;Прочее\nООО "Мапа-2";89163014262\n')
  expect((await manager.patch(`/imports/${other.id}`, { mapping })).status).toBe(422)
})

test('an application broken off by a crash is carried on, also when the crash emptied the staging', async () => {
  const manager = await world.person('manager')
  const ready = await uploaded(manager, 'Клиент;Телефон\nООО "Крушение";89163014271\n')
  await world.sql('delete from import_rows where import_id = $1', [ready.id])
  expect(await applied(manager, ready)).toMatchObject({ status: 'applied', counts: { create: 1 } })
  const { body } = await manager.get('/clients?search=Крушение')
  expect(body.items).toHaveLength(1)
})

test('a cancelled import writes nothing and may be applied later', async () => {
  const manager = await world.person('manager')
  const ready = await uploaded(manager, 'Клиент;Телефон\nООО "Отбой";89163014281\n')
  // As if the work were under way elsewhere.
  await world.sql(`update imports set status = 'applying' where id = $1`, [ready.id])
  expect((await manager.post(`/imports/${ready.id}/cancellation`)).body.status).toBe('cancelled')
  expect((await manager.get('/clients?search=Отбой')).body.items).toEqual([])
  expect(await applied(manager, ready)).toMatchObject({ status: 'applied' })
  expect((await manager.post(`/imports/${ready.id}/cancellation`)).status).toBe(409)
})

test('a long table is judged by two threads, each row once', { timeout: 60_000 }, async () => {
  const manager = await world.person('manager')
  const rows = Array.from(
    { length: 12_000 },
    (_, row) => `ООО "Длинная-${row}";8917${3_000_000 + row};длинная строка о клиенте ${row}\n`,
  )
  const ready = await uploaded(manager, `Клиент;Телефон;Комментарий\n${rows.join('')}`)
  expect(ready).toMatchObject({ status: 'ready', counts: { create: 12_000 }, progress: { done: 12_000 } })
  const { body } = await manager.get(`/imports/${ready.id}/rows?cursor=11990&limit=500`)
  expect(body.items.map(({ number }: { number: number }) => number)).toEqual(
    Array.from({ length: 11 }, (_, row) => 11_991 + row),
  )
})
