import * as XLSX from '@e965/xlsx'
import { expect, test } from 'vitest'
import { testWorld } from '#app/testing.ts'
import { applied, settled, uploaded } from './testing-import.ts'

const world = testWorld()

/** Two sheets without a word we know: goods, and people under a title in columns of riddles. */
function riddles(): Buffer {
  const book = XLSX.utils.book_new()
  const sheet = (name: string, rows: unknown[][]) =>
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), name)
  sheet('Товары', [
    ['Артикул', 'Цена'],
    ['A-1', 1200],
    ['A-2', 900],
  ])
  sheet('Прочее', [
    ['Выгрузка 7'],
    ['Поле 1', 'Поле 2', 'Поле 3'],
    ['Лютик', 'а/я 15', 'звонить утром'],
    ['Василёк', 'а/я 16', 'не звонить'],
  ])
  return XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer
}

test('a table in which nothing was recognised is refused with its sheets and first rows, and mapped by hand becomes clients', async () => {
  const manager = await world.person('manager')
  const refused = await uploaded(manager, riddles(), {}, 'загадки.xlsx')
  expect(refused).toMatchObject({ status: 'refused', format: 'xlsx' })
  expect(refused.problem).toMatch(/^В таблице не видно/)
  expect(refused.sheets.map(({ name }) => name)).toEqual(['Товары', 'Прочее'])
  expect(refused.mapping?.sheet).toBe(1)
  expect(refused.top[0]).toEqual({ number: 1, cells: ['Выгрузка 7'] })

  const path = `/imports/${refused.id}`
  const choose = async (mapping: unknown) => {
    const { status, body } = await manager.patch(path, { mapping })
    expect(status).toBe(200)
    expect(body.status).toBe('reading')
    return settled(manager, refused.id)
  }
  // Another sheet: still nothing we know, shown all the same.
  const goods = await choose({ sheet: 0 })
  expect(goods).toMatchObject({ status: 'refused', mapping: { sheet: 0, headerRow: 1 } })
  expect(goods.columns.map(({ header }) => header)).toEqual(['Артикул', 'Цена'])

  const headed = await choose({ sheet: 1, headerRow: 2 })
  expect(headed.columns.map(({ header, samples }) => [header, samples[0]])).toEqual([
    ['Поле 1', 'Лютик'],
    ['Поле 2', 'а/я 15'],
    ['Поле 3', 'звонить утром'],
  ])
  const columns = headed.columns.map(({ index, header }) => ({
    index,
    header,
    target: [null, null, 'comment'][index],
  }))
  // A column without a name is not enough, and the choice is kept.
  const unnamed = await choose({ sheet: 1, headerRow: 2, columns })
  expect(unnamed).toMatchObject({ status: 'refused', columns: [{}, {}, { target: 'comment' }] })
  expect(unnamed.problem).toMatch(/^Ни в одной строке не указано/)

  columns[0]!.target = 'name'
  const ready = await choose({ sheet: 1, headerRow: 2, columns })
  expect(ready).toMatchObject({ status: 'ready', problem: null, counts: { create: 2, error: 0 } })
  await applied(manager, ready)
  const { body } = await manager.get('/clients?sort=name')
  expect(body.items.map(({ name, comment }: { name: string; comment: string }) => [name, comment])).toEqual([
    ['Василёк', 'не звонить'],
    ['Лютик', 'звонить утром'],
  ])
})

test('another sheet of a recognised table gets columns of its own', async () => {
  const manager = await world.person('manager')
  const book = XLSX.utils.book_new()
  for (const [name, header] of [
    ['Москва', ['Клиент', 'Телефон']],
    ['Тверь', ['Почта', 'Компания', 'Город']],
  ] as const)
    XLSX.utils.book_append_sheet(
      book,
      XLSX.utils.aoa_to_sheet([
        [...header],
        name === 'Москва' ? ['Ромашка', '8 916 201-55-01'] : ['lutik@lutik-tver.ru', 'Лютик', 'Тверь'],
        name === 'Москва' ? ['Астра', '8 916 201-55-02'] : ['roza@roza-tver.ru', 'Роза', 'Тверь'],
      ]),
      name,
    )
  const first = await uploaded(
    manager,
    XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }),
    {},
    'города.xlsx',
  )
  const other = 1 - first.mapping!.sheet
  await manager.patch(`/imports/${first.id}`, { mapping: { sheet: other } })
  const second = await settled(manager, first.id)
  expect(second).toMatchObject({ status: 'ready', counts: { create: 2 } })
  const targets = second.columns.map(({ target }) => target)
  expect(targets).toEqual(other === 1 ? ['email', 'name', 'region'] : ['name', 'phone'])
})

test('a file that cannot be opened stays refused whatever is said of it', async () => {
  const manager = await world.person('manager')
  const refused = await uploaded(manager, Buffer.from('%PDF-1.4 made up'), {}, 'счёт.pdf')
  expect(refused).toMatchObject({ status: 'refused', mapping: null, top: [] })
  await manager.patch(`/imports/${refused.id}`, { mapping: { sheet: 0 } })
  expect(await settled(manager, refused.id)).toMatchObject({ status: 'refused', problem: refused.problem })
})
