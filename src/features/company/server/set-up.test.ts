import { expect, test, describe, beforeAll } from 'vitest'
import { testWorld } from '#app/testing.ts'
import { Refusal } from '#server/refusal.ts'
import { ensureFirstHead } from './set-up.ts'

const wizard = {
  name: 'Ромашка',
  timeZone: 'Asia/Omsk',
  cityCode: '3812',
  language: 'ru',
  head: { name: 'Вера Павловна', email: 'vera@example.test', password: 'a very long password' },
}
const cookieOf = (answer: { headers: Record<string, unknown> }) =>
  String(answer.headers['set-cookie']).split(';')[0]!

describe('on this computer', () => {
  const world = testWorld({ empty: true, kernel: async () => ({ setupCode: '123456' }) })

  test('the code is asked for behind a proxy, or under a name that only leads here', async () => {
    const asked = async (headers: Record<string, string>) =>
      (await world.stranger.call('GET', '/setup', undefined, headers)).body.codeAsked
    for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000'])
      expect(await asked({ host }), host).toBe(false)
    expect(await asked({ host: 'base.example.ru' })).toBe(true)
    expect(await asked({ host: 'localhost:3000', 'x-forwarded-for': '203.0.113.9' })).toBe(true)
    const answer = await world.stranger.call('POST', '/setup', wizard, { host: 'base.example.ru' })
    expect(answer.body.errors[0].path).toBe('code')
  })

  test('an empty base opens the wizard, without a code', async () => {
    const { body } = await world.stranger.call('GET', '/setup', undefined, { 'accept-language': 'en-GB' })
    expect(body).toEqual({ needed: true, codeAsked: false, language: 'en', companyName: null })
  })

  test('every answer that does not fit is told, and nothing is made', async () => {
    const bad = await world.stranger.post('/setup', {
      ...wizard,
      name: ' ',
      cityCode: 'x',
      head: { ...wizard.head, password: 'short' },
    })
    expect(bad.status).toBe(422)
    expect(bad.body.errors.map(({ path }: { path: string }) => path).toSorted()).toEqual([
      'cityCode',
      'head.password',
      'name',
    ])
    const zone = await world.stranger.post('/setup', { ...wizard, timeZone: 'Nowhere/City' })
    expect(zone.body.errors[0].path).toBe('timeZone')
    expect(await world.sql('select 1 from users')).toEqual([])
  })

  test('of wizards finished at the same moment one makes the company, signs in and closes the wizard for good', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => world.stranger.post('/setup', wizard)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409])
    const won = answers.find(({ status }) => status === 201)!
    const me = await world.stranger.call('GET', '/me', undefined, { cookie: cookieOf(won) })
    expect(me.body).toMatchObject({
      id: won.body.id,
      role: 'head',
      company: {
        name: 'Ромашка',
        timeZone: 'Asia/Omsk',
        cityCode: '3812',
        requiredKinds: ['phone', 'email'],
      },
    })
    expect((await world.stranger.get('/setup')).body).toMatchObject({ needed: false, companyName: 'Ромашка' })
    expect((await world.stranger.post('/setup', wizard)).body.type).toBe('already-set-up')
    expect(await world.sql('select 1 from users')).toHaveLength(1)

    const dictionaries = (
      await world.stranger.call('GET', '/dictionaries', undefined, { cookie: cookieOf(won) })
    ).body
    const names = (kind: string) =>
      dictionaries.labels
        .filter((row: { kind: string }) => row.kind === kind)
        .map((row: { name: string }) => row.name)
    expect(names('phone').slice(0, 4)).toEqual(['рабочий', 'мобильный', 'домашний', 'факс'])
    expect(names('address')).toEqual(['юридический', 'фактический', 'почтовый', 'доставки'])
    const stages = dictionaries.choices.filter((row: { field: string }) => row.field === 'stage')
    expect(stages.map((row: { name: string }) => row.name)).toEqual([
      'потенциальный',
      'разовый',
      'постоянный',
      'потерянный',
    ])
  })
})

describe('on the network', () => {
  const world = testWorld({
    empty: true,
    kernel: async () => ({ setupCode: '123456', listen: { host: '0.0.0.0', port: 3000, tls: false } }),
  })

  test('the wizard wants the code of the console, and ten wrong ones are enough', async () => {
    expect((await world.stranger.get('/setup')).body.codeAsked).toBe(true)
    for (const code of [undefined, '', '1', '654321']) {
      const { status, body } = await world.stranger.post('/setup', { ...wizard, code })
      expect(status).toBe(422)
      expect(body.errors[0].path).toBe('code')
    }
    for (let i = 0; i < 6; i++) await world.stranger.post('/setup', { ...wizard, code: '000000' })
    expect((await world.stranger.post('/setup', { ...wizard, code: '123456' })).status).toBe(429)
    await world.sql('delete from auth.attempts')
    expect((await world.stranger.post('/setup', { ...wizard, code: ' 123456 ' })).status).toBe(201)
    expect((await world.stranger.get('/setup')).body.codeAsked).toBe(false)
  })
})

describe('by the environment', () => {
  const world = testWorld({ empty: true })
  const given = { email: 'boss@example.test', password: 'a very long password' }
  beforeAll(async () => {
    await expect(
      ensureFirstHead(world.app.kernel.database.app, { ...given, password: 'short' }),
    ).rejects.toThrow(Refusal)
  })

  test('the first head is made once, with a company and its dictionaries', async () => {
    const pool = world.app.kernel.database.app
    const made = await Promise.all([ensureFirstHead(pool, given), ensureFirstHead(pool, given)])
    expect(made.filter((id) => id !== null)).toHaveLength(1)
    expect(await ensureFirstHead(pool, { ...given, email: 'other@example.test' })).toBe(null)
    expect((await world.stranger.post('/session', given)).status).toBe(200)
    expect((await world.stranger.get('/setup')).body.needed).toBe(false)
    expect(await world.sql('select 1 from labels where kind = $1', ['messenger'])).not.toEqual([])
  })
})
