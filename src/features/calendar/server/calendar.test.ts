import { beforeAll, describe, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'

let clock = new Date('2026-11-25T09:00:00Z')
const world = testWorld({ kernel: async () => ({ now: () => clock }) })
let manager: Person
let lead: Person
let stranger: Person
let head: Person
let clientId: string

beforeAll(async () => {
  manager = await world.person('manager', { team: 'Север' })
  lead = await world.person('team-head', { team: 'Север' })
  stranger = await world.person('manager', { team: 'Юг' })
  head = await world.person('head')
  clientId = (await manager.post('/clients', { name: 'ООО «Луч»' })).body.id
  const enter = (more: object) => manager.post('/activities', { clientId, kind: 'call', ...more })
  await enter({ text: 'вчера', dueAt: '2026-11-24T09:00:00Z' })
  await enter({ text: 'сделано', dueAt: '2026-11-24T09:00:00Z', doneAt: '2026-11-25T08:00:00Z' })
  await enter({ text: 'в полночь Москвы', dueAt: '2026-11-25T21:00:00Z' })
  await enter({ text: 'за минуту до неё', dueAt: '2026-11-25T20:59:00Z' })
  await enter({ kind: 'note', text: 'заметка' })
  await manager.post('/activities', { kind: 'task', text: 'личное', dueAt: '2026-11-25T10:00:00Z' })
})

interface Day {
  day: string
  count: number
  entries: { text: string }[]
}

const calendar = async (person: Person, query: string) =>
  (await person.get(`/calendar?from=2026-11-24&to=2026-11-26${query}`)).body
const shown = (answer: { days: Day[] }) =>
  Object.fromEntries(answer.days.map(({ day, entries }) => [day, entries.map(({ text }) => text)]))

describe('the calendar', () => {
  test('puts plans on the day they are due and what is done on the day it was, by the company’s clock', async () => {
    const answer = await calendar(manager, '')
    expect(answer.today).toBe('2026-11-25')
    expect(answer.overdue).toBe(1)
    expect(shown(answer)).toEqual({
      '2026-11-24': ['вчера'],
      '2026-11-25': ['сделано', 'личное', 'за минуту до неё'],
      '2026-11-26': ['в полночь Москвы'],
    })
  })

  test('a day brings no more than was asked for and says how many it has', async () => {
    const { days } = await calendar(manager, '&perDay=1')
    expect(days[1]).toMatchObject({ count: 3, entries: [{ text: 'сделано' }] })
  })

  test('a team head sees his team’s, the head everybody’s, nobody the personal ones; a stranger none', async () => {
    const whole = [['вчера'], ['сделано', 'за минуту до неё'], ['в полночь Москвы']]
    const { teamId } = (await lead.get('/me')).body
    for (const [person, query] of [
      [lead, `&user=${manager.id}`],
      [lead, `&team=${teamId}`],
      [head, `&team=${teamId}`],
    ] as const)
      expect(Object.values(shown(await calendar(person, query)))).toEqual(whole)
    expect(Object.values(shown(await calendar(stranger, `&user=${manager.id}`)))).toEqual([[], [], []])
    expect((await calendar(stranger, `&user=${manager.id}`)).overdue).toBe(0)
  })

  test('midnight of the company turns today and what is overdue', async () => {
    clock = new Date('2026-11-25T20:59:59Z')
    expect(await calendar(manager, '')).toMatchObject({ today: '2026-11-25', overdue: 1 })
    clock = new Date('2026-11-25T21:00:00Z')
    expect(await calendar(manager, '')).toMatchObject({ today: '2026-11-26', overdue: 3 })
  })

  test('no more than six weeks at once', async () => {
    expect((await manager.get('/calendar?from=2026-11-01&to=2026-12-13')).status).toBe(422)
    expect((await manager.get('/calendar?from=2026-11-02&to=2026-11-01')).status).toBe(422)
  })
})
