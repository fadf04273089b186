import { expect, test } from 'vitest'
import { testWorld } from '#app/testing.ts'
import { applied, imported, uploaded } from './testing-import.ts'

const world = testWorld()

const table = `Наименование;ИНН;КПП;Контактное лицо;Телефон;E-mail
ООО "Ромашка";7707083893;770701001;Иванов Иван Иванович;8 (495) 123-45-01;info-r@romashka-1.ru
ООО "Василек";;;;+7 916 123-45-02;v@vasilek-2.ru
ООО "Ромашка";7707083893;;Петрова Анна;89161234503;
;;;;8 916 123 45 04;
Итого;;;;;
`

test('a table goes from upload to clients as it stands, and the same table again is nothing new', async () => {
  const manager = await world.person('manager')
  const ready = await uploaded(manager, table)
  expect(ready).toMatchObject({
    status: 'ready',
    format: 'csv',
    counts: { create: 2, update: 0, skip: 2, doubtful: 0, error: 1 },
  })
  const done = await applied(manager, ready)
  expect(done.status).toBe('applied')
  const { body } = await manager.get('/clients?sort=name')
  expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['ООО "Василек"', 'ООО "Ромашка"'])
  expect(body.items[1].people.map(({ name }: { name: string }) => name)).toEqual([
    'Иванов Иван Иванович',
    'Петрова Анна',
  ])
  expect(body.items[1].version).toBe(1)
  const again = await imported(manager, table)
  expect(again).toMatchObject({
    status: 'applied',
    counts: { create: 0, update: 0, skip: 4, doubtful: 0, error: 1 },
  })
})
