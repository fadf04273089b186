import { beforeAll, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'

const world = testWorld()
let manager: Person
let other: Person

beforeAll(async () => {
  manager = await world.person('manager')
  other = await world.person('manager')
})

const hour = 3_600_000
const plan = (person: Person, dueAt: number, more = {}) =>
  person.post('/activities', { kind: 'task', dueAt: new Date(dueAt).toISOString(), ...more })

test('each number is the length of the list between its bounds', async () => {
  const { due } = (await manager.get('/my-day')).body
  const start = Date.parse(due.from)
  const finish = Date.parse(due.to)
  for (const at of [
    start - 1,
    start - 40 * 24 * hour,
    start,
    finish - 1,
    finish,
    finish + 6 * 24 * hour,
    finish + 8 * 24 * hour,
  ]) {
    await plan(manager, at)
  }
  await plan(manager, start + hour, { doneAt: new Date().toISOString() })
  await plan(other, start)
  const day = (await manager.get('/my-day')).body
  expect([day.overdue.count, day.due.count, day.coming.count, day.done]).toEqual([2, 2, 2, 1])
  for (const part of [day.overdue, day.due, day.coming]) {
    const bounds = ['from', 'to']
      .filter((key) => part[key])
      .map((key) => `&${key}=${encodeURIComponent(part[key])}`)
    const list = await manager.get(`/activities?user=me&open=true${bounds.join('')}`)
    expect(list.body.items).toHaveLength(part.count)
  }
})

test("the day is the company's, whatever the clock of the server", async () => {
  for (const zone of ['Pacific/Kiritimati', 'Etc/GMT+12', 'Europe/Moscow']) {
    const { today, due } = await days(zone)
    expect(today).toBe(new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date()))
    const clock = new Intl.DateTimeFormat('ru-RU', { timeZone: zone, hour: '2-digit', minute: '2-digit' })
    expect(clock.format(new Date(due.from))).toBe('00:00')
    expect(Date.parse(due.to) - Date.parse(due.from)).toBe(24 * hour)
  }
})

test('an administrator has no plan to see', async () => {
  expect((await (await world.person('admin')).get('/my-day')).status).toBe(403)
})

async function days(zone: string) {
  await world.sql('update company set time_zone = $1', [zone])
  return (await manager.get('/my-day')).body
}

test('callbacks are the calls of today that have their hour', async () => {
  const person = await world.person('manager')
  const { due } = (await person.get('/my-day')).body
  const start = Date.parse(due.from)
  await plan(person, start, { kind: 'call' })
  await plan(person, start + 10 * hour, { kind: 'call' })
  await plan(person, start + 10 * hour, { kind: 'meeting' })
  await plan(person, start + 34 * hour, { kind: 'call' })
  const { callbacks } = (await person.get('/my-day')).body
  expect(callbacks.count).toBe(1)
  const list = await person.get(
    `/activities?user=me&open=true&kind=call&timed=true&from=${callbacks.from}&to=${callbacks.to}`,
  )
  expect(list.body.items).toHaveLength(1)
})
