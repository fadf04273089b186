import { beforeAll, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'

const world = testWorld()
let head: Person, lead: Person, owner: Person, mate: Person, heir: Person, deputy: Person, stranger: Person
let id: string
const hour = 3_600_000
const at = (hours: number) => new Date(Date.now() + hours * hour).toISOString()
const until = at(1)

beforeAll(async () => {
  head = await world.person('head')
  lead = await world.person('team-head', { team: 'Север' })
  owner = await world.person('manager', { team: 'Север' })
  mate = await world.person('manager', { team: 'Юг' })
  heir = await world.person('manager', { team: 'Север' })
  deputy = await world.person('manager', { team: 'Юг' })
  stranger = await world.person('manager', { team: 'Юг' })
  id = (await owner.post('/clients', { name: 'ООО «Луч»', managerIds: [mate.id] })).body.id
})

const why = async (person: Person) => {
  const { status, body } = await person.get(`/clients/${id}/visibility`)
  return status === 200
    ? body.map(({ reason, userId, until: end }: Record<string, string>) => [
        reason,
        userId,
        end && Date.parse(end),
      ])
    : status
}

test('every way to see a client is named, with whom it is by and until when', async () => {
  expect(await why(head)).toEqual([['all', null, null]])
  expect(await why(owner)).toEqual([['owner', owner.id, null]])
  expect(await why(lead)).toEqual([['team', owner.id, null]])
  expect(await why(mate)).toEqual([['shared', mate.id, null]])
  expect(await why(stranger)).toBe(404)
  await head.post('/substitutions', {
    absentId: owner.id,
    deputyIds: [deputy.id],
    from: at(-1),
    to: until,
  })
  expect(await why(deputy)).toEqual([['substitution', owner.id, Date.parse(until)]])
})

test('a client handed over names whom it came from, until it is taken back', async () => {
  const { body } = await head.post('/handovers', { fromId: owner.id, parts: [{ toId: heir.id, filter: {} }] })
  expect(await why(heir)).toEqual([
    ['owner', heir.id, null],
    ['handed-over', owner.id, null],
  ])
  expect(await why(owner)).toBe(404)
  await head.post(`/handovers/${body.id}/reversal`)
  expect(await why(heir)).toBe(404)
  expect(await why(owner)).toEqual([['owner', owner.id, null]])
})
