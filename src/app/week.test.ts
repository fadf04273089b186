import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillDemo } from '#bench/demo.ts'
import { randomOf } from '#bench/random.ts'
import { addToken } from '#server/auth/sessions.ts'
import { deliverLetters } from '#server/mail/deliver.ts'
import { writeDailyLetters } from '#server/mail/daily.ts'
import { dayAfter, momentOf, nextMonday, todayIn } from '#features/activities/when.ts'
import type { DayFigure, DayFigures } from '#features/day-sheets/contract.ts'
import { dailyLetters } from './features.ts'
import { type MailServer, type ReceivedLetter, startMailServer } from './testing-mail.ts'
import { testWorld } from './testing.ts'

// A week of the demo company by a clock of its own: what the sheets, the letters and the indicators say of a day is one and the same,
// and what SQL counts beside them.

const zone = 'Europe/Moscow'
let clock = new Date()
const world = testWorld({ empty: true, kernel: async () => ({ now: () => clock }) })
const random = randomOf(25)
const monday = nextMonday(todayIn(zone))
const at = (day: string, time: string) => (clock = new Date(momentOf({ day, time }, zone)))

interface Colleague {
  id: string
  name: string
  email: string
  role: string
  token: string
}
let people: Colleague[]
let head: Colleague
let mail: MailServer
const managers = () => people.filter(({ role }) => role === 'manager')

async function call(who: Colleague, method: string, path: string, body?: unknown) {
  const response = await world.app.inject({
    method: method as 'GET',
    url: `/api${path}`,
    headers: { authorization: `Bearer ${who.token}` },
    ...(body !== undefined && { payload: body as object }),
  })
  if (response.statusCode >= 300)
    throw new Error(`${method} ${path}: ${response.statusCode} ${response.body}`)
  return response.json()
}

beforeAll(async () => {
  const { kernel } = world.app
  await fillDemo(kernel)
  const rows = await world.sql<Omit<Colleague, 'token'>>(
    'select id, name, email, role from users order by no',
  )
  people = []
  for (const row of rows) people.push({ ...row, token: await addToken(kernel.database.app, row.id, 'week') })
  head = people.find(({ role }) => role === 'head')!
  mail = await startMailServer()
  await call(head, 'PUT', '/mail', {
    host: '127.0.0.1',
    port: mail.port,
    security: 'none',
    checkCertificate: true,
    userName: null,
    senderName: 'Картотека',
    senderAddress: 'base@example.test',
    perHour: 1000,
  })
  // Letters leave when this test says so.
  await kernel.jobs.stop()
}, 180_000)
afterAll(() => mail?.stop())

/** What the minute's work does, at this moment of the clock. @returns the letters that came of it, by address */
async function minute(): Promise<Map<string, ReceivedLetter>> {
  const { database, secret, now, ownClock } = world.app.kernel
  const before = mail.letters.length
  await writeDailyLetters({ database, now, ownClock, publicUrl: 'https://base.example.test' }, dailyLetters)
  const { sent, failed, waiting } = await deliverLetters(database.owner, secret, now)
  expect([failed, waiting, mail.letters.length - before]).toEqual([0, 0, sent])
  return new Map(mail.letters.slice(before).map((letter) => [letter.to[0]!, letter]))
}

/** A day's work of one manager, as chance has it. */
async function work(who: Colleague, day: string, hour: number) {
  const { chance, below, pick: draw } = random
  at(day, `${hour}:05`)
  const due = (await call(who, 'GET', `/activities?user=me&open=true&to=${day}&limit=40`)).items as {
    id: string
    clientId: string | null
  }[]
  for (const { id } of due) {
    if (chance(0.4)) await call(who, 'POST', `/activities/${id}/completion`, { result: 'Договорились' })
    else if (chance(0.3))
      await call(who, 'POST', `/activities/${id}/moves`, {
        dueAt: momentOf({ day: dayAfter(day, 1 + below(3)), time: '11:00' }, zone),
      })
    else if (chance(0.1)) await call(who, 'POST', `/activities/${id}/cancellation`, { reason: 'Не нужно' })
  }
  at(day, `${hour}:40`)
  const clients = (await call(who, 'GET', `/clients?owner=${who.id}&limit=20&sort=-changed`)).items as {
    id: string
    version: number
  }[]
  for (const client of clients.slice(0, 2 + below(5))) {
    const kind = draw(['call', 'call', 'meeting', 'letter', 'task', 'note'] as const)
    await call(who, 'POST', '/activities', {
      clientId: client.id,
      kind,
      text: 'Поговорили',
      ...(kind !== 'note' && { doneAt: clock.toISOString() }),
    })
    if (chance(0.6))
      await call(who, 'POST', '/activities', {
        clientId: client.id,
        kind: 'call',
        text: 'Перезвонить',
        dueAt: momentOf({ day: dayAfter(day, below(3)), time: '17:30' }, zone),
      })
    if (chance(0.4))
      await call(who, 'PATCH', `/clients/${client.id}`, {
        version: client.version,
        comment: `Слово ${random.digits(6)}`,
      })
  }
  await call(who, 'POST', '/activities', { kind: 'task', text: 'Личное', doneAt: clock.toISOString() })
  for (let left = below(3); left > 0; left--)
    await call(who, 'POST', '/clients', {
      name: `Новый ${random.digits(6)}`,
      contacts: [{ kind: 'email', value: 'нет' }],
    })
}

const local = (moment: string) => `(${moment} at time zone '${zone}')::date`

/** The same figures counted beside the product, past every right. */
async function counted(userId: string, from: string, to = from): Promise<Partial<DayFigures>> {
  const during = (moment: string) => `${local(moment)} between $2 and $3`
  const entries = (condition: string) =>
    `(select count(*)::int from activities where client_id is not null and ${condition})`
  const done = `user_id = $1 and ${during('done_at')} and kind <> 'note'`
  const [row] = await world.sql<Record<string, number>>(
    `select ${entries(`user_id = $1 and ${during('due_at')} and cancelled_at is null`)} as planned,
       ${entries(`user_id = $1 and ${during('due_at')} and cancelled_at is null and ${local('done_at')} = ${local('due_at')}`)} as kept,
       ${entries(done)} as done, ${entries(`${done} and kind = 'call'`)} as call, ${entries(`${done} and kind = 'meeting'`)} as meeting,
       ${entries(`${done} and kind = 'letter'`)} as letter, ${entries(`${done} and kind = 'task'`)} as task,
       ${entries(`user_id = $1 and ${during('cancelled_at')}`)} as cancelled,
       ${entries(`created_by = $1 and ${during('created_at')}`)} as entered,
       (select count(distinct (a.id, ${local(`(m ->> 'from')::timestamptz`)}))::int from activities a, jsonb_array_elements(a.moves) m
        where a.client_id is not null and a.user_id = $1 and ${during(`(m ->> 'from')::timestamptz`)}
          and ${local(`(m ->> 'to')::timestamptz`)} <> ${local(`(m ->> 'from')::timestamptz`)}
          and ${local(`(m ->> 'at')::timestamptz`)} >= ${local(`(m ->> 'from')::timestamptz`)}) as moved,
       (select count(*)::int from clients where owner_id = $1 and archived_at is null and ${during('created_at')}) as "newClients",
       (select count(distinct (r.client_id, ${local('s.at')}))::int from change_sets s join changes r on r.change_set_id = s.id
          join clients c on c.id = r.client_id
        where s.author_id = $1 and ${during('s.at')} and r.entity <> 'activities' and ${local('c.created_at')} <> ${local('s.at')}) as "changedClients"`,
    [userId, from, to],
  )
  return row as Partial<DayFigures>
}

const inSheetAndIndicators = [
  'planned',
  'done',
  'call',
  'meeting',
  'letter',
  'task',
  'cancelled',
  'newClients',
] as const
const pick = (figures: Record<string, number>, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, figures[name]]))
const numberIn = (letter: ReceivedLetter | undefined, word: string) =>
  Number(new RegExp(`^${word}: (\\d+)`, 'm').exec(letter?.text ?? '')?.[1] ?? 0)

/** The table of an evening letter: name → figures. */
function tableOf(letter: ReceivedLetter): Map<string, Partial<Record<DayFigure, number>>> {
  const names = ['planned', 'done', 'call', 'meeting', 'moved', 'newClients', 'changedClients'] as const
  const lines = letter.text.split('\n').map((line) => line.trim().split(/ {2,}/))
  const start = lines.findIndex(([first]) => first === 'Менеджер')
  return new Map(
    lines
      .slice(start + 1)
      .filter((cells) => cells.length >= names.length + 1)
      .map(([name, ...cells]) => [
        name!,
        Object.fromEntries(names.map((figure, column) => [figure, Number(cells[column])])),
      ]),
  )
}

test(
  'a week of the demo company: sheets, letters, indicators and SQL tell the same',
  { timeout: 300_000 },
  async () => {
    const week = Array.from({ length: 5 }, (_, passed) => dayAfter(monday, passed))
    for (const day of week) {
      at(day, '08:29')
      expect((await minute()).size).toBe(0)
      at(day, '08:30')
      const morning = await minute()
      for (const person of people) {
        const [row] = await world.sql<{ due: number; overdue: number }>(
          `select count(*) filter (where ${local('due_at')} = $2)::int as due, count(*) filter (where ${local('due_at')} < $2)::int as overdue
         from activities where user_id = $1 and done_at is null and cancelled_at is null`,
          [person.id, day],
        )
        const letter = morning.get(person.email)
        expect([person.name, numberIn(letter, 'СЕГОДНЯ'), numberIn(letter, 'ПРОСРОЧЕНО')]).toEqual([
          person.name,
          row!.due,
          row!.overdue,
        ])
        expect(letter?.subject ?? 'План на сегодня').toContain('План на сегодня')
      }
      expect((await minute()).size).toBe(0)

      let hour = 9
      for (const manager of managers()) await work(manager, day, hour++ % 8 === 0 ? hour++ : hour)
      at(day, '18:00')
      for (const manager of managers().slice(0, 2))
        await call(manager, 'POST', `/day-sheets/${day}/closure`, { comment: `Итог ${day}` })

      at(day, '18:30')
      const evening = await minute()
      const { sheets } = await call(head, 'GET', `/day-sheets?from=${day}&to=${day}`)
      const { rows } = await call(head, 'GET', `/indicators?from=${day}&to=${day}`)
      const told = tableOf(evening.get(head.email)!)
      let busy = 0
      for (const manager of managers()) {
        const sheet = sheets.find(({ userId }: { userId: string }) => userId === manager.id)
        const sql = await counted(manager.id, day)
        expect(sheet.figures, `${manager.name} ${day}`).toMatchObject(sql)
        const line = rows.find(({ key }: { key: string }) => key === manager.id)
        expect(pick(line.figures, inSheetAndIndicators), `${manager.name} ${day}`).toEqual(
          pick(sheet.figures, inSheetAndIndicators),
        )
        const row = told.get(manager.name)!
        expect(row, `${manager.name} ${day}`).toEqual(pick(sheet.figures, Object.keys(row)))
        if (sheet.closed) expect(sheet.closed.figures).toEqual(sheet.figures)
        busy += sheet.figures.done
      }
      expect(busy).toBeGreaterThan(managers().length)
      expect(evening.get(head.email)!.text).toContain(`Итог ${day}`)
      // Team heads are told of their own people alone; managers get none.
      for (const person of people.filter(({ role }) => role === 'team-head'))
        expect(tableOf(evening.get(person.email)!).size).toBeLessThan(told.size)
      for (const manager of managers()) expect(evening.has(manager.email)).toBe(false)
    }

    // The whole week at once, in both, and nothing on Saturday.
    const [first, last] = [week[0]!, week.at(-1)!]
    const { sheets } = await call(head, 'GET', `/day-sheets?from=${first}&to=${last}`)
    const { rows } = await call(head, 'GET', `/indicators?from=${first}&to=${last}`)
    for (const manager of managers()) {
      const own = sheets.filter(({ userId }: { userId: string }) => userId === manager.id)
      const sum = (figure: string) =>
        own.reduce(
          (all: number, { figures }: { figures: Record<string, number> }) => all + figures[figure]!,
          0,
        )
      const { figures } = rows.find(({ key }: { key: string }) => key === manager.id)
      for (const figure of inSheetAndIndicators)
        expect([figure, sum(figure)]).toEqual([figure, figures[figure]])
      const sql = await counted(manager.id, first, last)
      expect(Object.fromEntries(Object.keys(sql).map((figure) => [figure, sum(figure)]))).toEqual(sql)
    }
    // A week in which nothing of a kind happened would agree about it too easily.
    for (const figure of [
      'kept',
      'moved',
      'cancelled',
      'newClients',
      'changedClients',
      'changedEntries',
    ] as const) {
      const all = sheets.reduce((sum: number, one: { figures: DayFigures }) => sum + one.figures[figure], 0)
      expect([figure, all > 0]).toEqual([figure, true])
    }
    at(dayAfter(monday, 5), '08:30')
    expect((await minute()).size).toBe(0)
    expect(new Set(mail.letters.map(({ messageId }) => messageId)).size).toBe(mail.letters.length)
  },
)
