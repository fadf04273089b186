import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, gridCell, launchBrowser, openScreen, signIn } from './browser.ts'
import { type Client, signedIn, startProduct, type Product } from './product.ts'

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
const entry = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text })
const client = async (name: string, more = {}) =>
  head.post('/clients', {
    name,
    ownerId: (await head.get('/me')).id,
    contacts: [{ kind: 'phone', value: '+7 415 200-00-01' }],
    ...more,
  })

/** The form of a call takes keys once it knows how a call may end. */
const outcomesOf = (page: Page, call: string | RegExp) =>
  page.getByRole('dialog', { name: call }).getByRole('group', { name: 'Чем кончилось' })

test('a manager’s whole day by keyboard', { timeout: 120_000 }, async () => {
  const kamchatka = await client('ООО «Луч»')
  const tver = await client('ООО «Сталь»')
  const plan = (clientId: string, text: string, dueAt: number) =>
    head.post('/activities', { clientId, kind: 'call', text, dueAt: at(dueAt) })
  await plan(kamchatka.id, 'Спросить про договор', start + 10 * hour)
  await plan(tver.id, 'Отправить образцы', start)
  await plan(tver.id, 'Давно обещали', start - 30 * hour)

  const { page, errors } = await openScreen(browser)
  await signIn(page, product.url, email, password)
  const today = page.getByRole('region', { name: 'Сегодня' })
  await today.getByText('Спросить про договор').waitFor()
  // 10:00 in Moscow is 19:00 on Kamchatka, whose code the phone has.
  await today.getByText('у клиента 19:00').waitFor()
  await today.getByText('1 звонок ко времени').click()
  await today.getByText('Отправить образцы').waitFor({ state: 'detached' })
  await today.getByText('1 звонок ко времени').click()
  await page.getByText('Без следующего шага').waitFor({ state: 'detached' })

  // The first is the overdue one: moved to tomorrow.
  await page.getByRole('heading', { name: 'Мой день' }).click()
  await page.keyboard.press('j')
  await page.keyboard.press('m')
  await page.keyboard.press('Enter')
  await page.getByText('Перенесено: завтра').waitFor()
  await page.getByRole('region', { name: 'Просрочено' }).waitFor({ state: 'detached' })

  // The next one is a call for the whole day: done with an outcome and a result.
  await page.keyboard.press('j')
  await page.keyboard.press('d')
  await page.getByRole('group', { name: 'Чем кончилось' }).waitFor()
  await page.keyboard.press('2')
  await page.keyboard.type('Ждут во вторник')
  await page.keyboard.press('Enter')
  await entry(page, 'Отправить образцы').waitFor({ state: 'detached' })

  // C on a planned call fulfils it; a digit and Enter are enough.
  await page.keyboard.press('j')
  await page.keyboard.press('c')
  const call = page.getByRole('dialog', { name: 'Звонок: ООО «Луч»' })
  await call.getByText('Это звонок по плану: Спросить про договор').waitFor()
  await expectAccessible(page, 'a call in one go')
  await page.keyboard.press('1')
  await page.keyboard.press('Enter')
  await page.getByText('Отмечено сделанным').first().waitFor()
  await page.getByText('На сегодня ничего не запланировано').waitFor()
  const done = await head.get(`/activities?client=${kamchatka.id}`)
  expect(done.items[0]).toMatchObject({ outcome: 'дозвонился', contact: '+7 (415) 200-00-01' })

  // From the table: the row of the cursor.
  await page.goto(`${product.url}/clients`)
  await gridCell(page, 'ООО «Луч»').waitFor({ state: 'attached' })
  const table = page.getByRole('region', { name: 'Клиенты' })
  const box = (await table.boundingBox())!
  await page.mouse.click(box.x + 400, box.y + 34 + 16)
  await page.keyboard.press('Alt+c')
  await outcomesOf(page, /^Звонок: ООО/).waitFor()
  await page.keyboard.press('4')
  await page.keyboard.press('Enter')
  await page.getByText('Звонок записан').waitFor()
  const [missed] = (await head.get('/activities?open=false&user=me')).items
  expect(missed).toMatchObject({ kind: 'call', outcome: 'не дозвонился', reached: false })
  // Nobody answered: tomorrow is proposed and planned.
  const open = (await head.get('/activities?open=true&user=me')).items
  expect(open.map(({ clientId }: { clientId: string }) => clientId)).toContain(missed.clientId)

  // From the card, with words.
  await page.goto(`${product.url}/clients/${tver.id}`)
  await page.getByRole('heading', { name: 'История' }).waitFor()
  await page.keyboard.press('c')
  await outcomesOf(page, 'Звонок: ООО «Сталь»').waitFor()
  await page.keyboard.press('2')
  await page.keyboard.type('Заказали десять')
  await page.keyboard.press('Enter')
  await entry(page, 'Заказали десять').getByText('договорились').waitFor()
  expect(errors).toEqual([])
})

test('a bell rings on the page, is put off and seen', { timeout: 60_000 }, async () => {
  const due = at(Math.ceil(Date.now() / 60_000) * 60_000 + 5 * 60_000)
  await head.post('/activities', { kind: 'task', text: 'Выйти на созвон', dueAt: due, remindBefore: [15] })
  const { page, errors } = await openScreen(browser)
  await signIn(page, product.url, email, password)
  const bell = page.getByRole('alert').filter({ hasText: 'Выйти на созвон' })
  await bell.waitFor()
  await expectAccessible(page, 'a bell')
  await bell.getByRole('button', { name: 'Через 10 минут' }).click()
  await bell.waitFor({ state: 'detached' })
  expect(await head.get('/reminders')).toEqual([])
  expect(errors).toEqual([])
})

test('on a telephone: card, call and plan fit and work', { timeout: 120_000 }, async () => {
  const one = await client('ООО «Причал»')
  await head.post('/activities', {
    clientId: one.id,
    kind: 'call',
    text: 'Про катер',
    dueAt: at(start),
    repeat: { every: 'month' },
  })
  const { page, errors } = await openScreen(browser, { width: 390, height: 844 })
  const fits = async (screen: string) =>
    expect(await page.evaluate('document.documentElement.scrollWidth'), screen).toBeLessThanOrEqual(390)
  await signIn(page, product.url, email, password)
  await entry(page, 'Про катер').waitFor()
  await fits('my day')

  await page.goto(`${product.url}/clients/${one.id}`)
  await page.getByRole('button', { name: 'Записать звонок' }).click()
  await page.getByRole('dialog', { name: 'Звонок: ООО «Причал»' }).waitFor()
  await fits('a call')
  await page.getByRole('button', { name: 'дозвонился', exact: true }).click()
  await page.getByRole('button', { name: 'Записать звонок' }).last().click()
  await page.getByText(/Отмечено сделанным · дальше:/).waitFor()
  await expectAccessible(page, 'card on a telephone')
  await fits('card')

  for (const span of ['day', 'week', 'month']) {
    await page.goto(`${product.url}/calendar?span=${span}`)
    await page.getByRole('button', { name: 'Вперёд' }).waitFor()
    await page.waitForTimeout(500)
    await fits(`calendar, ${span}`)
  }
  await page
    .getByRole('button', { name: /событие|события|событий/ })
    .first()
    .click()
  await page.waitForURL(/span=day/)
  expect(errors).toEqual([])
})
