import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, gridCell, launchBrowser, openScreen, signIn } from './browser.ts'
import { tabTo, goByKeys } from './keyboard.ts'
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

test('a manager’s whole day by keyboard alone', { timeout: 180_000 }, async () => {
  const annas = { name: 'Анна Белова', email: 'anna@example.test', password }
  const ownerId = await colleague(product.url, head, annas)
  const anna = await signedIn(product.url, annas.email, password)
  const kamchatka = await client('ООО «Луч»', { ownerId })
  const tver = await client('ООО «Сталь»', { ownerId })
  const plan = (clientId: string, text: string, dueAt: number) =>
    anna.post('/activities', { clientId, kind: 'call', text, dueAt: at(dueAt) })
  await plan(kamchatka.id, 'Спросить про договор', start + 10 * hour)
  await plan(tver.id, 'Отправить образцы', start)
  await plan(tver.id, 'Давно обещали', start - 30 * hour)

  const { page, errors } = await openScreen(browser)
  await page.goto(`${product.url}/sign-in`)
  await tabTo(page, page.getByLabel('Почта'))
  await page.keyboard.type(annas.email)
  await tabTo(page, page.getByLabel(/^Пароль/))
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  const today = page.getByRole('region', { name: 'Сегодня' })
  await today.getByText('Спросить про договор').waitFor()
  // 10:00 in Moscow is 19:00 on Kamchatka, whose code the phone has.
  await today.getByText('у клиента 19:00').waitFor()
  await tabTo(page, today.getByRole('checkbox', { name: '1 звонок ко времени' }))
  await page.keyboard.press('Space')
  await today.getByText('Отправить образцы').waitFor({ state: 'detached' })
  await page.keyboard.press('Space')
  await today.getByText('Отправить образцы').waitFor()

  // The first is the overdue one: moved to tomorrow.
  await page.reload()
  await entry(page, 'Давно обещали').waitFor()
  await today.getByText('Отправить образцы').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('m')
  await page.getByRole('button', { name: 'Перенести', exact: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('Перенесено: завтра').waitFor()
  await page.getByRole('region', { name: 'Просрочено' }).waitFor({ state: 'detached' })

  // The next one is a call for the whole day: done with an outcome, a result, and the next step planned.
  await page.keyboard.press('j')
  await page.keyboard.press('d')
  await page.getByRole('group', { name: 'Чем кончилось' }).waitFor()
  await page.keyboard.press('2')
  await page.keyboard.type('Ждут во вторник')
  await tabTo(page, page.getByRole('button', { name: 'Следующий шаг' }))
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Следующий шаг' }).waitFor()
  await page.keyboard.type('Отвезти договор')
  await page.keyboard.press('Enter')
  await entry(page, 'Отправить образцы').waitFor({ state: 'detached' })
  await page.getByRole('region', { name: 'Ближайшие 7 дней' }).getByText('Отвезти договор').waitFor()

  // C on a planned call fulfils it; a digit and Enter are enough.
  await page.keyboard.press('j')
  await page.keyboard.press('c')
  const call = page.getByRole('dialog', { name: 'Звонок: ООО «Луч»' })
  await call.getByText('Это звонок по плану: Спросить про договор').waitFor()
  await outcomesOf(page, 'Звонок: ООО «Луч»').waitFor()
  await expectAccessible(page, 'a call in one go')
  await page.keyboard.press('1')
  await page.keyboard.press('Enter')
  await call.waitFor({ state: 'detached' })
  await page.getByText('На сегодня ничего не запланировано').waitFor()
  const done = await anna.get(`/activities?client=${kamchatka.id}`)
  expect(done.items[0]).toMatchObject({ outcome: 'дозвонился', contact: '+7 (415) 200-00-01' })

  // N: something to do, written in one line.
  await page.keyboard.press('n')
  await page.keyboard.type('Заказать пропуск')
  await page.keyboard.press('Control+Enter')
  await today.getByText('Заказать пропуск').waitFor()

  // From the table: the row of the cursor.
  await goByKeys(page, 'База')
  await gridCell(page, 'ООО «Луч»').waitFor({ state: 'attached' })
  await tabTo(page, page.getByRole('region', { name: 'Клиенты' }).locator('canvas').first())
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Alt+c')
  await outcomesOf(page, /^Звонок: ООО/).waitFor()
  await page.keyboard.press('4')
  await page.keyboard.press('Enter')
  await page.getByText('Звонок записан').waitFor()
  const [missed] = (await anna.get('/activities?open=false&user=me')).items
  expect(missed).toMatchObject({ kind: 'call', outcome: 'не дозвонился', reached: false })
  // Nobody answered: tomorrow is proposed and planned.
  const open = (await anna.get('/activities?open=true&user=me')).items
  expect(open.map(({ clientId }: { clientId: string | null }) => clientId)).toContain(missed.clientId)

  // From the card, with words.
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog', { name: 'Поиск и команды' }).locator('input:focus').waitFor()
  await page.keyboard.type('Сталь')
  await page.locator('[role=option][data-combobox-selected]', { hasText: 'ООО «Сталь»' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'История' }).waitFor()
  await page.keyboard.press('c')
  await outcomesOf(page, 'Звонок: ООО «Сталь»').waitFor()
  await page.keyboard.press('2')
  await page.keyboard.type('Заказали десять')
  await page.keyboard.press('Enter')
  await entry(page, 'Заказали десять').getByText('договорились').waitFor()

  // The day is closed with a word.
  await goByKeys(page, 'Листы дня')
  await page.getByRole('button', { name: 'Звонки: 4, Анна Белова' }).waitFor()
  await tabTo(page, page.getByLabel('Комментарий'))
  await page.keyboard.type('Завтра договор')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/День закрыт \d/).waitFor()
  const [sheet] = (
    await anna.get(
      `/day-sheets?from=${at(start + 3 * hour).slice(0, 10)}&to=${at(start + 3 * hour).slice(0, 10)}`,
    )
  ).sheets
  expect(sheet).toMatchObject({ comment: 'Завтра договор', figures: { call: 4 } })
  expect(sheet.closed).not.toBeNull()
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

test(
  'where the browser is allowed to, a bell rings over other windows too',
  { timeout: 60_000 },
  async () => {
    const { page, errors } = await openScreen(browser)
    // The system's own notices, as the browser would show them; the page is behind another window.
    await page.addInitScript(`
    globalThis.rung = []
    globalThis.Notification = class extends EventTarget {
      static permission = sessionStorage.getItem('allowed') ?? 'default'
      static async requestPermission() {
        sessionStorage.setItem('allowed', 'granted')
        return (Notification.permission = 'granted')
      }
      constructor(title, { body }) {
        super()
        rung.push(title + ' | ' + body)
      }
      close() {}
    }
    Object.defineProperty(document, 'hidden', { get: () => true })`)
    await signIn(page, product.url, email, password)
    await page.goto(`${product.url}/account`)
    await page.getByRole('button', { name: 'Показывать напоминания поверх других окон' }).click()
    await page.getByText('Браузер показывает напоминания поверх других окон.').waitFor()
    const due = at(Math.ceil(Date.now() / 60_000) * 60_000 + 5 * 60_000)
    await head.post('/activities', { kind: 'task', text: 'Забрать пропуск', dueAt: due, remindBefore: [15] })
    await page.reload()
    await page.getByRole('alert').filter({ hasText: 'Забрать пропуск' }).waitFor()
    await expect
      .poll(() => page.evaluate<string[]>('globalThis.rung'))
      .toEqual([expect.stringMatching(/^Задача \| .*Забрать пропуск$/)])
    await page.getByRole('alert').getByRole('button', { name: 'Понятно' }).click()
    expect(errors).toEqual([])
  },
)

test('on a telephone: card, call and plan fit and work', { timeout: 120_000 }, async () => {
  const one = await client('ООО «Причал»')
  await head.post('/activities', {
    clientId: one.id,
    kind: 'call',
    text: 'Про катер',
    dueAt: at(start),
    repeat: { every: 'month' },
  })
  const { page, errors } = await openScreen(browser, { width: 390, height: 844, touch: true })
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

  // A plan is added on the card and moved there, by taps.
  await page.getByRole('textbox', { name: 'Текст' }).tap()
  await page.getByRole('radiogroup', { name: 'Вид события' }).getByText('Задача').tap()
  await page.getByRole('textbox', { name: 'Текст' }).fill('Прислать смету')
  await page.getByRole('button', { name: 'Через неделю' }).tap()
  await fits('a plan being written')
  await page.getByRole('button', { name: 'Добавить в план' }).tap()
  const planned = entry(page, 'Прислать смету')
  await planned.waitFor()
  await planned.getByRole('button', { name: 'Действия с записью' }).tap()
  await page.getByRole('menuitem', { name: 'Перенести' }).tap()
  await planned.getByRole('button', { name: 'Завтра' }).tap()
  await fits('a plan being moved')
  await planned.getByRole('button', { name: 'Перенести', exact: true }).tap()
  await page.getByText('Перенесено: завтра').waitFor()
  await planned.getByText('перенесено 1 раз').waitFor()
  await expectAccessible(page, 'card with a plan on a telephone')

  for (const span of ['day', 'week', 'month']) {
    await page.goto(`${product.url}/calendar?span=${span}`)
    await page.locator('[data-day]').first().waitFor()
    await fits(`calendar, ${span}`)
  }
  await page
    .getByRole('button', { name: /событие|события|событий/ })
    .first()
    .click()
  await page.waitForURL(/span=day/)
  expect(errors).toEqual([])
})
