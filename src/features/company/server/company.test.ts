import { expect, test, beforeAll } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'

const world = testWorld()
let head: Person
let admin: Person
let manager: Person
beforeAll(async () => {
  head = await world.person('head')
  admin = await world.person('admin')
  manager = await world.person('manager')
})

test('everybody reads the settings, head and admin change them', async () => {
  expect((await manager.get('/company')).body).toEqual({
    name: 'Проба',
    timeZone: 'Europe/Moscow',
    cityCode: '495',
    language: 'ru',
    requiredKinds: ['phone', 'email'],
    rhythmDays: null,
    journalMonths: null,
    teamHeadsHandOver: false,
  })
  expect((await manager.patch('/company', { name: 'Моя' })).status).toBe(403)
  expect((await world.stranger.patch('/company', { name: 'Моя' })).status).toBe(401)
  const changed = await admin.patch('/company', { cityCode: '812', requiredKinds: ['phone'] })
  expect(changed.body).toMatchObject({ name: 'Проба', cityCode: '812', requiredKinds: ['phone'] })
  expect((await manager.get('/me')).body.company.cityCode).toBe('812')
  const bad = await head.patch('/company', { timeZone: 'Moscow', requiredKinds: ['pager'] })
  expect(bad.status).toBe(422)
  expect((await head.patch('/company', { timeZone: 'Moscow' })).body.errors[0].path).toBe('timeZone')
})

test('a base whose first person came from the command line gets its company with the first save', async () => {
  await world.sql('delete from company')
  expect((await manager.get('/me')).body.company).toMatchObject({
    name: 'Наша компания',
    timeZone: 'Europe/Moscow',
  })
  expect((await head.get('/company')).body.name).toBe('Наша компания')
  expect((await head.patch('/company', { name: 'Проба', cityCode: '495' })).body).toMatchObject({
    name: 'Проба',
    language: 'ru',
  })
})
