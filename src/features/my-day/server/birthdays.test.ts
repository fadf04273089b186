import { beforeAll, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'

let clock = new Date('2026-11-25T09:00:00Z')
const world = testWorld({ kernel: async () => ({ now: () => clock }) })
let manager: Person
let colleague: Person
let head: Person

beforeAll(async () => {
  manager = await world.person('manager')
  colleague = await world.person('manager')
  head = await world.person('head')
  const born = (name: string, birthday: string) => ({ name, birthday })
  await manager.post('/clients', {
    name: 'ООО «Луч»',
    people: [
      born('Вера', '1980-11-26'),
      born('Олег', '1979-12-31'),
      born('Анна', '1984-02-29'),
      born('Давний', '1900-11-25'),
    ],
  })
  const shared = { name: 'Общий', people: [born('Пётр', '1990-01-01')], managerIds: [manager.id] }
  await colleague.post('/clients', shared)
  const gone = (await manager.post('/clients', { name: 'Ушёл', people: [born('Нет', '1980-11-26')] })).body
  await manager.del(`/clients/${gone.id}`)
})

const on = async (moment: string, days: number, person = manager) => {
  clock = new Date(moment)
  return (await person.get(`/birthdays?days=${days}`)).body.map(
    ({ day, personName, turns }: { day: string; personName: string; turns: number }) => [
      day,
      personName,
      turns,
    ],
  )
}

test('birthdays come by days of the company, the year that is not known is not counted', async () => {
  expect(await on('2026-11-25T09:00:00Z', 7)).toEqual([
    ['2026-11-25', 'Давний', null],
    ['2026-11-26', 'Вера', 46],
  ])
  // 21:00 UTC is the next day in Moscow.
  expect(await on('2026-11-25T21:00:00Z', 1)).toEqual([['2026-11-26', 'Вера', 46]])
  expect(await on('2026-11-25T20:59:59Z', 1)).toEqual([['2026-11-25', 'Давний', null]])
})

test('a week over the end of the year, with a client one shares', async () => {
  expect(await on('2026-12-28T09:00:00Z', 7)).toEqual([
    ['2026-12-31', 'Олег', 47],
    ['2027-01-01', 'Пётр', 37],
  ])
})

test('29 February is kept on the 28th of a common year and on its day in a leap one', async () => {
  expect(await on('2027-02-27T09:00:00Z', 3)).toEqual([['2027-02-28', 'Анна', 43]])
  expect(await on('2028-02-27T09:00:00Z', 3)).toEqual([['2028-02-29', 'Анна', 44]])
})

test("a colleague's clients are not mine, nor the head's", async () => {
  expect(await on('2026-11-25T09:00:00Z', 7, colleague)).toEqual([])
  expect(await on('2026-11-25T09:00:00Z', 7, head)).toEqual([])
})
