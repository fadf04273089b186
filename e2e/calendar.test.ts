import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, launchBrowser, openScreen, signIn } from './browser.ts'
import { type Client, colleague, signedIn, startProduct, type Product } from './product.ts'

const email = 'head@example.test'
const password = 'correct horse battery'
const hour = 3_600_000
let product: Product
let browser: Browser
let head: Client
/** Midnight of the company, today. */
let start: number

beforeAll(async () => {
  product = await startProduct({ KARTOTEKA_ADMIN_EMAIL: email, KARTOTEKA_ADMIN_PASSWORD: password })
  browser = await launchBrowser()
  head = await signedIn(product.url, email, password)
  start = Date.parse((await head.get('/my-day')).due.from)
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const at = (ms: number) => new Date(ms).toISOString()
/** A calendar day of Moscow, so many days from today. */
const dayOf = (passed: number) => at(start + passed * 24 * hour + 3 * hour).slice(0, 10)
/** The day beside today in the same week: both are on the screen. */
const neighbour = () => (new Date(`${dayOf(0)}T00:00:00Z`).getUTCDay() === 0 ? dayOf(-1) : dayOf(1))
const client = async (name: string, ownerId?: string) =>
  head.post('/clients', { name, ownerId: ownerId ?? (await head.get('/me')).id })
const dueOf = async (id: string) => Date.parse((await head.get(`/activities/${id}`)).dueAt)

test('a plan is entered on the calendar, dragged, and moved by keys', { timeout: 120_000 }, async () => {
  const other = await client('ООО «Верфь»')
  const made = await head.post('/activities', {
    clientId: other.id,
    kind: 'meeting',
    text: 'Показать чертежи',
    dueAt: at(start + 12 * hour),
  })
  const { page, errors } = await openScreen(browser)
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/calendar?span=week`)
  const chip = page.getByRole('button', { name: /Верфь/ })
  await chip.waitFor()
  await expectAccessible(page, 'a week')
  const day = at(start + 3 * hour).slice(0, 10)
  const column = page.locator(`[data-hours][data-day="${day}"]`)
  const [from, to] = [(await chip.boundingBox())!, (await column.boundingBox())!]
  // Three hours down in its own column.
  await page.mouse.move(from.x + 20, from.y + 8)
  await page.mouse.down()
  await page.mouse.move(from.x + 25, from.y + 60, { steps: 4 })
  await page.mouse.move(to.x + 20, from.y + 8 + 3 * 48, { steps: 8 })
  await page.mouse.up()
  await page.getByText('Перенесено: сегодня, 15:00').waitFor()
  expect(Date.parse((await head.get(`/activities/${made.id}`)).dueAt)).toBe(start + 15 * hour)

  await page.getByRole('button', { name: /Верфь/ }).focus()
  await page.keyboard.press('Alt+ArrowDown')
  await page.getByText('Перенесено: сегодня, 15:30').waitFor()
  const moved = await head.get(`/activities/${made.id}`)
  expect(moved.moves).toHaveLength(2)
  expect(Date.parse(moved.firstDueAt)).toBe(start + 12 * hour)

  await page.getByText('Месяц', { exact: true }).click()
  await page.getByRole('button', { name: /Верфь/ }).click()
  await page.getByRole('dialog', { name: 'Событие' }).getByText('перенесено 2 раза').waitFor()
  await page.keyboard.press('Escape')
  await expectAccessible(page, 'a month')

  await page.getByText('День', { exact: true }).click()
  // The month has such a place for each of its days.
  await expect.poll(() => page.locator('[data-whole]').count()).toBe(1)
  await page.locator('[data-whole]').click({ position: { x: 200, y: 20 } })
  const form = page.getByRole('dialog', { name: 'Запланировать' })
  await form.getByPlaceholder('Что запланировать…').fill('Узнать про склад')
  await form.getByRole('combobox', { name: 'Клиент' }).or(form.getByLabel('Клиент')).first().fill('Верфь')
  await page.getByRole('option', { name: /Верфь/ }).click()
  await form.getByRole('button', { name: 'Добавить в план' }).click()
  await form.waitFor({ state: 'detached' })
  expect((await head.get(`/activities?client=${other.id}&open=true`)).items).toHaveLength(2)
  expect(errors).toEqual([])
})

test('an entry drops on a day of the month at the hour it had, and the notice takes it back', async () => {
  const one = await client('ООО «Маяк»')
  const dueAt = start + 12 * hour
  const made = await head.post('/activities', { clientId: one.id, kind: 'meeting', dueAt: at(dueAt) })
  const { page, errors } = await openScreen(browser)
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/calendar?span=month`)
  const chip = page.getByRole('button', { name: /Маяк/ })
  await chip.waitFor()
  const target = neighbour()
  const cell = page.locator(`[data-day="${target}"]`)
  const [from, to] = [(await chip.boundingBox())!, (await cell.boundingBox())!]
  await page.mouse.move(from.x + 20, from.y + 8)
  await page.mouse.down()
  await page.mouse.move(to.x + to.width / 2, to.y + to.height - 12, { steps: 8 })
  await page.mouse.up()
  await cell.getByRole('button', { name: /Маяк/ }).waitFor()
  const passed = Math.round((Date.parse(target) - Date.parse(dayOf(0))) / (24 * hour))
  expect(await dueOf(made.id)).toBe(dueAt + passed * 24 * hour)
  await page
    .getByRole('alert')
    .filter({ hasText: 'Перенесено' })
    .getByRole('button', { name: 'Отменить' })
    .click()
  await page
    .locator(`[data-day="${dayOf(0)}"]`)
    .getByRole('button', { name: /Маяк/ })
    .waitFor()
  expect(await dueOf(made.id)).toBe(dueAt)
  expect((await head.get(`/activities/${made.id}`)).moves).toEqual([])
  expect(errors).toEqual([])
})

test('by keys an entry goes on from day to day, over the end of the week too', async () => {
  const one = await client('ООО «Волна»')
  const made = await head.post('/activities', {
    clientId: one.id,
    kind: 'task',
    text: 'Счёт',
    dueAt: at(start),
  })
  const { page, errors } = await openScreen(browser)
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/calendar?span=week`)
  const chip = page.getByRole('button', { name: /Волна/ })
  await chip.focus()
  // Eight days on, whatever day of the week it is: the entry keeps the focus, and the week follows it.
  for (let passed = 1; passed <= 8; passed++) {
    await page.keyboard.press('Alt+ArrowRight')
    await page.locator(`[data-day="${dayOf(passed)}"] [data-chip="${made.id}"]:focus`).waitFor()
  }
  expect(await dueOf(made.id)).toBe(start + 8 * 24 * hour)
  expect(errors).toEqual([])
})

/** A finger on the glass, as the browser itself hears of it. */
async function finger(page: Page) {
  const session: CDPSession = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] })
  return {
    down: (x: number, y: number) => touch('touchStart', x, y),
    async to(x: number, y: number, from: { x: number; y: number }) {
      for (let step = 1; step <= 6; step++)
        await touch('touchMove', from.x + ((x - from.x) * step) / 6, from.y + ((y - from.y) * step) / 6)
    },
    up: () => touch('touchEnd'),
  }
}

test('on a telephone a finger that holds an entry moves it, one that swipes scrolls', async () => {
  const one = await client('ООО «Парус»')
  const dueAt = start + 9 * hour
  const made = await head.post('/activities', { clientId: one.id, kind: 'call', dueAt: at(dueAt) })
  const { page, errors } = await openScreen(browser, { width: 390, height: 844, touch: true })
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/calendar?span=day`)
  const chip = page.locator(`[data-chip="${made.id}"]`)
  const screen = page.locator('[data-dragging]')
  const hand = await finger(page)
  const grip = async () => {
    const box = (await chip.boundingBox())!
    return { x: box.x + 30, y: box.y + 8 }
  }
  await chip.waitFor()
  // A swipe: nothing is taken up.
  let from = await grip()
  await Promise.all([hand.down(from.x, from.y), hand.to(from.x, from.y - 40, from)])
  await hand.up()
  expect(await screen.count()).toBe(0)
  expect(await dueOf(made.id)).toBe(dueAt)

  await chip.scrollIntoViewIfNeeded()
  from = await grip()
  await hand.down(from.x, from.y)
  await screen.waitFor()
  await hand.to(from.x, from.y + 96, from)
  await hand.up()
  await page.getByText('Перенесено: сегодня, 11:00').waitFor()
  expect(await dueOf(made.id)).toBe(dueAt + 2 * hour)
  // The touch that ended the move has opened nothing.
  expect(await page.getByRole('dialog').count()).toBe(0)

  await page.goto(`${product.url}/calendar?span=week`)
  await chip.waitFor()
  await chip.scrollIntoViewIfNeeded()
  const beside = page.locator(`section[data-day="${neighbour()}"]`)
  from = await grip()
  await hand.down(from.x, from.y)
  await screen.waitFor()
  const to = (await beside.boundingBox())!
  await hand.to(to.x + 60, to.y + 12, from)
  await page.locator('section[data-over]').waitFor()
  await hand.up()
  await beside.locator(`[data-chip="${made.id}"]`).waitFor()
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  expect(errors).toEqual([])
})

test('a plan repeats on chosen days of the week, leaves one out, and is called off with all that follow', async () => {
  const { page, errors } = await openScreen(browser)
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/calendar?span=day`)
  await page.locator('[data-day]').first().waitFor()
  await page.getByRole('button', { name: 'Запланировать' }).click()
  const form = page.getByRole('dialog', { name: 'Запланировать' })
  await form.getByPlaceholder('Что запланировать…').fill('Сверить остатки')
  await form.getByRole('combobox', { name: 'Повторять' }).click()
  await page.getByRole('option', { name: 'По дням недели' }).click()
  const week = form.getByRole('group', { name: 'Дни недели' })
  // The other six days of the week too: the next time is tomorrow.
  const others = week.getByRole('button', { pressed: false })
  for (let left = 6; left > 0; left--) {
    await others.first().click()
    await expect.poll(() => others.count()).toBe(left - 1)
  }
  await form.getByText(/^Повторяется: по понедельникам, вторникам,/).waitFor()
  const coming = form.getByRole('group', { name: 'Ближайшие разы' })
  await coming
    .getByRole('button', { name: /^Пропустить/ })
    .first()
    .click()
  await form.getByText(/, кроме \d+ /).waitFor()
  await expectAccessible(page, 'a plan that repeats')
  await form.getByRole('button', { name: 'Добавить в план' }).click()
  await form.waitFor({ state: 'detached' })
  const openOf = async () =>
    (await head.get('/activities?user=me&open=true&limit=100')).items.filter(
      ({ text }: { text: string }) => text === 'Сверить остатки',
    )
  expect((await openOf())[0].repeat).toMatchObject({ every: 'week', except: [dayOf(1)] })

  await page.getByRole('button', { name: /Сверить остатки/ }).click()
  const entry = page.getByRole('dialog', { name: 'Событие' }).getByRole('listitem')
  await entry.getByText(/по понедельникам/).waitFor()
  await entry.getByRole('button', { name: 'Действия с записью' }).click()
  await page.getByRole('menuitem', { name: 'Отменить дело' }).click()
  await entry.getByRole('radio', { name: 'Этот раз и все следующие' }).click()
  await entry.getByRole('button', { name: 'Отменить дело' }).click()
  await page.getByText('Дело отменено', { exact: true }).waitFor()
  expect(await openOf()).toEqual([])
  expect(errors).toEqual([])
})

test('a head looks at the calendar of a team; a manager has his own alone', async () => {
  const team = await head.post('/teams', { name: 'Север' })
  const anna = await colleague(product.url, head, {
    name: 'Анна Белова',
    email: 'anna@example.test',
    password,
  })
  const boris = await colleague(product.url, head, {
    name: 'Борис Чижов',
    email: 'boris@example.test',
    password,
  })
  for (const id of [anna, boris]) await head.patch(`/users/${id}`, { teamId: team.id })
  for (const [userId, text] of [
    [anna, 'Выставка'],
    [boris, 'Склад'],
  ])
    await head.post('/activities', {
      userId,
      kind: 'task',
      text,
      dueAt: at(start),
      clientId: (await client(text!, userId!)).id,
    })
  const { page, errors } = await openScreen(browser)
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/calendar?span=week`)
  await page.getByRole('combobox', { name: 'Чей календарь' }).click()
  await page.getByRole('option', { name: 'Команда: Север' }).click()
  await page.getByRole('button', { name: /Выставка/ }).waitFor()
  await page.getByRole('button', { name: /Склад/ }).waitFor()
  await page.getByRole('combobox', { name: 'Чей календарь' }).click()
  await page.getByRole('option', { name: 'Анна Белова' }).click()
  await page.getByRole('button', { name: /Склад/ }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /Выставка/ }).waitFor()

  const his = await openScreen(browser)
  await signIn(his.page, product.url, 'boris@example.test', password)
  await his.page.goto(`${product.url}/calendar?span=week&of=${anna}`)
  await his.page.locator('[data-whole]').first().waitFor()
  expect(await his.page.getByRole('combobox', { name: 'Чей календарь' }).count()).toBe(0)
  expect(await his.page.getByRole('button', { name: /Выставка/ }).count()).toBe(0)
  expect([...errors, ...his.errors]).toEqual([])
})
