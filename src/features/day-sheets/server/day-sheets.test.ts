import * as XLSX from '@e965/xlsx'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Person, testWorld } from '#app/testing.ts'
import { dayFigures } from '#features/day-sheets/contract.ts'

let clock = new Date('2026-11-25T07:00:00Z')
const world = testWorld({ kernel: async () => ({ now: () => clock }) })
const at = (moment: string) => (clock = new Date(moment))
let head: Person
let lead: Person
let anna: Person
let boris: Person
let astra: { id: string; version: number }

const ok = ({ status, body }: Answer, expected = 200) => {
  expect(status, JSON.stringify(body)).toBe(expected)
  return body
}
const sheet = async (who: Person, of: Person, day: string) =>
  ok(await who.get(`/day-sheets?from=${day}&to=${day}&user=${of.id}`)).sheets[0]
/** Figures that are not nought. */
const figures = async (who: Person, of: Person, day: string) =>
  Object.fromEntries(Object.entries((await sheet(who, of, day)).figures).filter(([, count]) => count !== 0))
const plan = async (who: Person, clientId: string | null, dueAt: string, more = {}) =>
  ok(await who.post('/activities', { clientId, kind: 'call', text: 'Позвонить', dueAt, ...more }), 201)

beforeAll(async () => {
  head = await world.person('head', { name: 'Глеб' })
  lead = await world.person('team-head', { team: 'Юг', name: 'Лада' })
  anna = await world.person('manager', { team: 'Юг', name: 'Анна' })
  boris = await world.person('manager', { team: 'Север', name: 'Борис' })
  at('2026-11-20T07:00:00Z')
  astra = ok(await anna.post('/clients', { name: 'Астра' }), 201)
})

describe('a day fills itself', () => {
  test('with what was planned, done, moved, called off, entered and changed, by the company’s clock', async () => {
    at('2026-11-24T07:00:00Z')
    const [first, second, third, fourth] = [
      await plan(anna, astra.id, '2026-11-25T08:00:00Z'),
      await plan(anna, astra.id, '2026-11-25T09:00:00Z', { kind: 'meeting' }),
      await plan(anna, astra.id, '2026-11-25T10:00:00Z'),
      await plan(anna, astra.id, '2026-11-25T11:00:00Z'),
    ]
    // Moved the day before: nothing of the 25th any more.
    const gone = await plan(anna, astra.id, '2026-11-25T12:00:00Z')
    ok(await anna.post(`/activities/${gone.id}/moves`, { dueAt: '2026-11-27T12:00:00Z' }))

    at('2026-11-25T08:05:00Z')
    ok(await anna.post(`/activities/${first.id}/completion`, { result: 'Ждут счёт' }))
    ok(await anna.post(`/activities/${second.id}/moves`, { dueAt: '2026-11-26T09:00:00Z' }))
    ok(await anna.post(`/activities/${third.id}/cancellation`, { reason: 'Закрылись' }))
    ok(await anna.patch(`/activities/${fourth.id}`, { version: fourth.version, text: 'Позвонить ещё раз' }))
    ok(
      await anna.post('/activities', {
        clientId: astra.id,
        kind: 'letter',
        text: 'Прайс',
        doneAt: clock.toISOString(),
      }),
      201,
    )
    ok(await anna.post('/activities', { clientId: astra.id, kind: 'note', text: 'Любят чай' }), 201)
    ok(
      await anna.post('/activities', { kind: 'task', text: 'Забрать зонт', doneAt: clock.toISOString() }),
      201,
    )
    ok(await anna.patch(`/clients/${astra.id}`, { version: astra.version, comment: 'Растут' }))
    const vega = ok(
      await anna.post('/clients', { name: 'Вега', contacts: [{ kind: 'phone', value: '8 916 204-18-37' }] }),
      201,
    )
    ok(await anna.patch(`/clients/${vega.id}`, { version: vega.version, comment: 'Свежий' }))
    // 21:30 of Greenwich is half past midnight in Moscow: the next day.
    at('2026-11-25T21:30:00Z')
    ok(
      await anna.post('/activities', {
        clientId: astra.id,
        kind: 'call',
        text: 'Ночной',
        doneAt: clock.toISOString(),
      }),
      201,
    )

    expect(await figures(anna, anna, '2026-11-25')).toEqual({
      planned: 2,
      kept: 1,
      done: 2,
      call: 1,
      letter: 1,
      moved: 1,
      cancelled: 1,
      entered: 2,
      changedEntries: 4,
      newClients: 1,
      changedClients: 1,
    })
    expect(await figures(head, anna, '2026-11-24')).toMatchObject({ entered: 5 })
    expect(await figures(head, anna, '2026-11-26')).toEqual({ planned: 1, done: 1, call: 1, entered: 1 })
  })

  test('and every figure is the length of the list behind it', async () => {
    const days = 'from=2026-11-24&to=2026-11-26'
    for (const who of [anna, lead, head]) {
      const { sheets } = ok(await who.get(`/day-sheets?${days}&user=${anna.id}`))
      for (const figure of dayFigures) {
        const sum = sheets.reduce(
          (all: number, one: { figures: Record<string, number> }) => all + one.figures[figure]!,
          0,
        )
        const { items, count } = ok(
          await who.get(`/day-sheets/records?${days}&user=${anna.id}&figure=${figure}`),
        )
        expect([figure, count, items.length]).toEqual([figure, sum, sum])
      }
    }
    const moved = ok(await anna.get('/day-sheets/records?from=2026-11-25&to=2026-11-25&figure=moved')).items
    expect(moved).toMatchObject([{ kind: 'meeting', clientName: 'Астра', movedTo: '2026-11-26T09:00:00Z' }])
    const done = ok(await anna.get('/day-sheets/records?from=2026-11-25&to=2026-11-25&figure=done&limit=1'))
    expect(done.items).toHaveLength(1)
    const rest = ok(
      await anna.get(
        `/day-sheets/records?from=2026-11-25&to=2026-11-25&figure=done&limit=1&cursor=${done.nextCursor}`,
      ),
    )
    expect(new Set([...done.items, ...rest.items].map(({ id }: { id: string }) => id)).size).toBe(2)
  })
})

describe('who sees whose day', () => {
  test('a manager his own, a team head his team’s, a head everybody’s', async () => {
    const names = async (who: Person) =>
      ok(await who.get('/day-sheets?from=2026-11-25&to=2026-11-25')).people.map(
        ({ name }: { name: string }) => name,
      )
    expect(await names(anna)).toEqual(['Анна'])
    expect(await names(lead)).toEqual(['Анна', 'Лада'])
    expect(await names(head)).toEqual(['Анна', 'Борис', 'Лада'])
    expect(ok(await boris.get(`/day-sheets?from=2026-11-25&to=2026-11-25&user=${anna.id}`)).sheets).toEqual(
      [],
    )
    expect(
      ok(await boris.get(`/day-sheets/records?from=2026-11-25&to=2026-11-25&user=${anna.id}&figure=done`)),
    ).toMatchObject({ items: [], count: 0 })
    expect((await head.get('/day-sheets?from=2026-11-25&to=2026-11-24')).status).toBe(422)
    expect((await head.get('/day-sheets?from=2026-01-01&to=2026-11-24')).status).toBe(422)
  })
})

describe('closing a day', () => {
  test('keeps its figures and the word on it, whatever comes after', async () => {
    at('2026-11-25T15:00:00Z')
    expect(ok(await anna.put('/day-sheets/2026-11-25', { comment: 'Набросок' })).comment).toBe('Набросок')
    const before = (await sheet(anna, anna, '2026-11-25')).figures
    const closed = ok(await anna.post('/day-sheets/2026-11-25/closure', { comment: 'День звонков' }))
    expect(closed).toMatchObject({ comment: 'День звонков', closed: { by: anna.id, figures: before } })
    ok(
      await anna.post('/activities', {
        clientId: astra.id,
        kind: 'call',
        text: 'Вдогонку',
        doneAt: '2026-11-25T14:00:00Z',
      }),
      201,
    )
    const after = await sheet(head, anna, '2026-11-25')
    expect(after.closed.figures).toEqual(before)
    expect(after.figures.done).toBe(before.done + 1)
    expect((await anna.put('/day-sheets/2026-11-25', { comment: 'Передумала' })).status).toBe(409)
    expect((await anna.post('/day-sheets/2026-11-25/closure')).status).toBe(409)
  })

  test('a day to come cannot be closed; a colleague’s cannot be touched', async () => {
    expect((await anna.post('/day-sheets/2026-11-26/closure')).status).toBe(422)
    expect((await boris.del(`/day-sheets/2026-11-25/closure?user=${anna.id}`)).status).toBe(404)
    expect((await anna.del(`/day-sheets/2026-11-25/closure?user=${anna.id}`)).status).toBe(403)
  })

  test('the team head, or the head, opens it again; the journal says so', async () => {
    expect(ok(await lead.del(`/day-sheets/2026-11-25/closure?user=${anna.id}`)).closed).toBeNull()
    ok(await anna.put('/day-sheets/2026-11-25', { comment: 'Поправила' }))
    ok(await anna.post('/day-sheets/2026-11-25/closure'))
    expect(ok(await head.del(`/day-sheets/2026-11-25/closure?user=${anna.id}`))).toMatchObject({
      comment: 'Поправила',
      closed: null,
    })
    ok(await lead.post('/day-sheets/2026-11-25/closure', { comment: 'Своё' }))
    expect((await lead.del(`/day-sheets/2026-11-25/closure?user=${lead.id}`)).status).toBe(403)
    const acts = ok(await head.get('/change-sets?act=sheet.close,sheet.reopen')).items
    expect(acts.map(({ act }: { act: string }) => act)).toEqual([
      'sheet.close',
      'sheet.reopen',
      'sheet.close',
      'sheet.reopen',
      'sheet.close',
    ])
  })
})

describe('a workbook', () => {
  const rowsOf = (raw: Buffer) => {
    const book = XLSX.read(raw)
    return XLSX.utils.sheet_to_json<Record<string, unknown>>(book.Sheets[book.SheetNames[0]!]!)
  }
  const path = '/day-sheets.xlsx?from=2026-11-25&to=2026-11-25&language=ru'

  test('has a line for each person and day, or everything behind the figures', async () => {
    const lines = rowsOf((await head.get(path)).raw)
    expect(lines.map((line) => line['Менеджер'])).toEqual(['Анна', 'Борис', 'Лада'])
    expect(lines[0]).toMatchObject({ Сделано: 3, 'День закрыт': 'нет', Комментарий: 'Поправила' })
    const entries = rowsOf((await head.get(`${path}&entries=true`)).raw)
    expect(entries.filter((line) => line['Что'] === 'Сделано')).toHaveLength(3)
    expect(entries.find((line) => line['Что'] === 'Отменено')).toMatchObject({
      Менеджер: 'Анна',
      Клиент: 'Астра',
      Вид: 'звонок',
      Результат: 'Закрылись',
    })
  })

  test('of others needs the right of export, one’s own does not; each goes into the journal', async () => {
    expect((await anna.get(path)).status).toBe(200)
    // Entries name clients: they leave by the right of export alone.
    expect((await anna.get(`${path}&entries=true`)).body.type).toBe('no-export-right')
    expect((await lead.get(path)).status).toBe(403)
    expect((await lead.get(`${path}&user=${lead.id}`)).status).toBe(200)
    const exports = ok(await head.get(`/change-sets?act=export&author=${anna.id}`)).items
    expect(exports).toMatchObject([{ details: { road: 'day-sheets', selection: { from: '2026-11-25' } } }])
  })
})
