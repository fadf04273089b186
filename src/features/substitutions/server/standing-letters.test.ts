import { afterAll, beforeAll, expect, test } from 'vitest'
import { dailyLetters, promptLetters } from '#app/features.ts'
import { type MailServer, type ReceivedLetter, startMailServer } from '#app/testing-mail.ts'
import { type Person, testWorld } from '#app/testing.ts'
import { writeDailyLetters } from '#server/mail/daily.ts'
import { deliverLetters } from '#server/mail/deliver.ts'

// Wednesday, nine in the morning of the company.
const morning = Date.parse('2026-11-25T06:00:00Z')
const hour = 3_600_000
let clock = new Date(morning)
const world = testWorld({ kernel: async () => ({ now: () => clock }) })
const at = (hours: number) => new Date(morning + hours * hour).toISOString()
const go = (hours: number) => (clock = new Date(morning + hours * hour))
let mail: MailServer
let head: Person, absent: Person, deputy: Person, silent: Person

beforeAll(async () => {
  head = await world.person('head', { name: 'Глава Главнов' })
  absent = await world.person('manager', { name: 'Анна Белова' })
  deputy = await world.person('manager', { name: 'Борис Чижов' })
  silent = await world.person('manager', { name: 'Вера Громова' })
  mail = await startMailServer()
  const { status, body } = await head.put('/mail', {
    host: '127.0.0.1',
    port: mail.port,
    security: 'none',
    checkCertificate: true,
    userName: null,
    senderName: 'Картотека',
    senderAddress: 'base@example.test',
    perHour: 1000,
  })
  expect(status, JSON.stringify(body)).toBe(200)
  // Letters leave when this test says so.
  await world.app.kernel.jobs.stop()
  await silent.patch('/me', { standingLetter: false })
})
afterAll(() => mail?.stop())

/** What the minute's work sends at this moment. */
async function minute(): Promise<ReceivedLetter[]> {
  const { database, secret, now, ownClock } = world.app.kernel
  const context = { database, now, ownClock, publicUrl: 'https://base.example.test' }
  const before = mail.letters.length
  for (const write of promptLetters) await write(context)
  const { sent } = await deliverLetters(database.owner, secret, now)
  expect(mail.letters.length - before).toBe(sent)
  return mail.letters.slice(before)
}

test('a deputy is told by letter what he must know as it begins, the returner what was done as it ends, each once', async () => {
  const client = (await absent.post('/clients', { name: 'ООО «Маяк»' })).body
  const plan = { clientId: client.id, kind: 'call', text: 'Обещала образцы', dueAt: at(5) }
  await absent.post('/activities', plan)
  await absent.post('/activities', { kind: 'task', text: 'личное', dueAt: at(5) })
  const { body } = await head.post('/substitutions', {
    absentId: absent.id,
    deputyIds: [deputy.id, silent.id],
    from: at(1),
    to: at(30),
  })
  expect(await minute()).toEqual([])
  go(1.1)
  const [brief, ...others] = await minute()
  // Who has switched these letters off gets none.
  expect(others).toEqual([])
  expect(brief).toMatchObject({ subject: 'Вы замещаете: Анна Белова' })
  expect(brief!.text).toContain('Здравствуйте, Борис Чижов!')
  expect(brief!.text).toContain('Клиентов: 1, открытых событий до конца замещения: 1.')
  expect(brief!.text).toContain('Обещала образцы (ООО «Маяк»)')
  expect(brief!.text).toContain('26 ноября')
  expect(brief!.text).not.toContain('личное')
  expect(brief!.text).toContain(`https://base.example.test/team/substitutions/${body.id}`)
  expect(await minute()).toEqual([])
  await deputy.post('/activities', {
    clientId: client.id,
    kind: 'call',
    text: 'договорились о поставке',
    doneAt: clock.toISOString(),
  })
  go(31)
  const [digest, ...rest] = await minute()
  expect(rest).toEqual([])
  expect(digest).toMatchObject({ subject: 'С возвращением: что сделано за время замещения' })
  expect(digest!.text).toContain('Вас замещали: Борис Чижов, Вера Громова.')
  expect(digest!.text).toContain('Изменений: 1, просрочено сейчас: 2.')
  expect(digest!.text).toContain('договорились о поставке (ООО «Маяк»)')
  expect(await minute()).toEqual([])
})

test('an absence nobody stands in for is told to the head: on the screen, and in the letter of the morning', async () => {
  go(0)
  const ask = { absentId: absent.id, from: at(48), to: at(96) }
  const made = (await head.post('/substitutions', { ...ask, deputyIds: [] })).body
  const listed = async () =>
    (await head.get('/substitutions')).body.find(({ id }: { id: string }) => id === made.id)
  expect(await listed()).toMatchObject({ unattended: true, status: 'coming' })
  const { database, secret, now, ownClock } = world.app.kernel
  const before = mail.letters.length
  await writeDailyLetters({ database, now, ownClock, publicUrl: null }, dailyLetters)
  await deliverLetters(database.owner, secret, now)
  const told = mail.letters.slice(before).filter(({ text }) => text.includes('НИКТО НЕ ЗАМЕЩАЕТ'))
  expect(told).toHaveLength(1)
  expect(told[0]!.text).toContain('Здравствуйте, Глава Главнов!')
  expect(told[0]!.text).toContain('Анна Белова (27 ноября – 29 ноября)')

  await head.patch(`/substitutions/${made.id}`, { deputyIds: [deputy.id] })
  expect((await listed()).unattended).toBe(false)
  // Who stands in is away himself on one of the days.
  await head.post('/substitutions', { absentId: deputy.id, deputyIds: [], from: at(95), to: at(200) })
  expect((await listed()).unattended).toBe(true)
})
