import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, gridCell, launchBrowser, openScreen, signIn } from './browser.ts'
import { type Client, signedIn, startProduct, type Product } from './product.ts'

const email = 'head@example.test'
const password = 'correct horse battery'
let product: Product
let browser: Browser
let head: Client
let clientId: string
/** Before everything that the journeys do. */
let start: string

beforeAll(async () => {
  product = await startProduct({ KARTOTEKA_ADMIN_EMAIL: email, KARTOTEKA_ADMIN_PASSWORD: password })
  browser = await launchBrowser()
  head = await signedIn(product.url, email, password)
  const made = await head.post('/clients', {
    name: 'ООО «Якорь»',
    region: 'Тверь',
    people: [{ name: 'Вера Сидорова' }],
    contacts: [{ kind: 'phone', value: '+7 495 236-17-42' }],
  })
  clientId = made.id
  await head.post('/clients', { name: 'ООО «Бакен»' })
  start = new Date().toISOString()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const client = () => head.get(`/clients/${clientId}`)
const notice = (page: Page, text: string | RegExp) => page.getByRole('alert').filter({ hasText: text })

/** The cell of the second row, «Якорь», below a header. */
async function editCell(page: Page, header: string, text: string) {
  const box = (await page.locator('canvas').first().boundingBox())!
  const headers = await page.locator('[role="columnheader"]').allTextContents()
  await page.mouse.click(box.x + 300, box.y + 34 + 34 + 17)
  await page.keyboard.press('Home')
  for (let step = 0; step < headers.indexOf(header); step++) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.keyboard.type(text, { delay: 40 })
  const saved = page.waitForResponse(
    (answer) => answer.request().method() === 'POST' && answer.url().endsWith('/api/clients/cells'),
  )
  await page.keyboard.press('Enter')
  expect((await saved).ok()).toBe(true)
}

test('Ctrl+Z takes back an edited cell, a changed card and an archived client one by one, across a reload; Ctrl+Y brings back', async () => {
  const { page, errors } = await openScreen(browser, { width: 1800 })
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/clients?sort=name`)
  await gridCell(page, 'Якорь').waitFor({ state: 'attached' })
  await editCell(page, 'Комментарий', 'Звонить утром')
  await gridCell(page, 'Звонить утром').waitFor({ state: 'attached' })

  await page.goto(`${product.url}/clients/${clientId}`)
  await page.getByRole('button', { name: /^ИНН/ }).click()
  const field = page.getByRole('textbox', { name: 'ИНН' })
  await field.fill('77')
  // In a field the keys are the field's own.
  await page.keyboard.press('Control+z')
  await field.fill('7707083893')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByText('7707083893').waitFor()
  await page.getByRole('button', { name: 'В корзину' }).click()
  await notice(page, '«ООО «Якорь»» в корзине').waitFor()
  expect((await client()).archivedAt).not.toBeNull()

  await page.keyboard.press('Control+z')
  await notice(page, 'Отменено: клиент отправлен в корзину, ООО «Якорь»').waitFor()
  expect((await client()).archivedAt).toBeNull()
  await page.reload()
  await gridCell(page, 'Якорь').waitFor({ state: 'attached' })
  await page.getByRole('button', { name: 'Отменить: карточка изменена, ООО «Якорь»' }).waitFor()
  // The table has the keyboard.
  await page.mouse.click((await page.locator('canvas').first().boundingBox())!.x + 300, 300)
  await page.keyboard.press('Control+z')
  await notice(page, 'Отменено: карточка изменена').waitFor()
  expect((await client()).inn).toBeNull()
  await page.keyboard.press('Control+z')
  await gridCell(page, 'Звонить утром').waitFor({ state: 'detached' })
  expect((await client()).comment).toBeNull()

  await page.keyboard.press('Control+y')
  await gridCell(page, 'Звонить утром').waitFor({ state: 'attached' })
  await page.getByRole('button', { name: /^Вернуть: карточка изменена/ }).click()
  await expect.poll(async () => (await client()).inn).toBe('7707083893')
  await notice(page, 'Возвращено: карточка изменена').first().waitFor()
  expect((await client()).comment).toBe('Звонить утром')
  expect(errors).toEqual([])
})

test('a removed person comes back from the history; an act is opened in the journal and taken back, the rest is listed', async () => {
  const { page, errors } = await openScreen(browser, { width: 1400 })
  const before = await client()
  await head.patch(`/clients/${clientId}`, { version: before.version, people: [], stage: 'Договор' })
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/clients/${clientId}`)
  await page.getByRole('button', { name: 'История изменений' }).click()
  await page.getByText('Убрано контактное лицо: Вера Сидорова').waitFor()
  await expectAccessible(page, 'card with its history')
  await page.getByRole('button', { name: 'Вернуть: Убрано контактное лицо: Вера Сидорова' }).click()
  await page.getByRole('article', { name: 'Вера Сидорова' }).waitFor()

  // Somebody changes one of two fields again: a reversal leaves that one.
  const now = await client()
  await head.patch(`/clients/${clientId}`, { version: now.version, source: 'Выставка', comment: 'Старое' })
  await head.patch(`/clients/${clientId}`, { version: now.version + 1, comment: 'Новое' })
  await page.goto(`${product.url}/journal`)
  await page.getByRole('link', { name: 'Карточка изменена' }).nth(1).click()
  await page.waitForURL(/journal\/[0-9a-f-]{36}/)
  const act = page.getByRole('dialog', { name: 'Карточка изменена' })
  await act.getByText('Выставка').waitFor()
  await expectAccessible(page, 'an act of the journal')
  await act.getByRole('button', { name: /^Отменить: Карточка изменена/ }).click()
  await page.getByText('1 изменение вернётся к прежним значениям.').waitFor()
  await page.getByRole('button', { name: 'Отменить действие' }).click()
  await notice(page, 'Отменено не полностью')
    .getByText(/ООО «Якорь», Комментарий/)
    .waitFor()
  expect(await client()).toMatchObject({ source: null, comment: 'Новое' })
  expect(errors).toEqual([])
})

test('the base is shown as it was, beside what it is; a card and a choice of clients go back to it, and that is taken back', async () => {
  const { page, errors } = await openScreen(browser, { width: 1800 })
  const archived = (await head.get('/clients?sort=name')).items.find(
    ({ name }: { name: string }) => name === 'ООО «Бакен»',
  )
  await head.post('/clients', { name: 'ООО «Свежий»' })
  const { version } = await client()
  await head.patch(`/clients/${clientId}`, { version, region: 'Калуга', stage: 'Договор' })
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/time-machine?at=${encodeURIComponent(JSON.stringify(start))}`)
  await page.getByRole('heading', { name: 'Машина времени' }).waitFor()
  await expectAccessible(page, 'time machine')
  await page.locator('main').getByRole('button').first().click()
  await page.getByText(/^Так было /).waitFor()
  await page.getByText('Как было · 2').waitFor()
  await gridCell(page, 'Калуга').waitFor({ state: 'attached' })
  await expectAccessible(page, 'a snapshot')
  await page.getByText('Появились · 1').click()
  await gridCell(page, 'ООО «Свежий»').waitFor({ state: 'attached' })
  await page.getByText('Изменились · 1').click()
  await gridCell(page, 'Тверь → Калуга').waitFor({ state: 'attached' })

  await page.goto(`${page.url().split('?')[0]}/clients/${clientId}`)
  const card = page.getByRole('dialog', { name: /^ООО «Якорь» на / })
  await card.getByText('сейчас: Калуга').waitFor()
  await expectAccessible(page, 'a card as it was')
  await card.getByRole('button', { name: 'Вернуть карточку к этому виду' }).click()
  await page.getByRole('button', { name: 'Вернуть', exact: true }).click()
  await notice(page, 'Карточка такая, как была.').waitFor()
  expect(await client()).toMatchObject({ region: 'Тверь', comment: null, stage: null })
  await notice(page, 'Карточка такая, как была.').getByRole('button', { name: 'Отменить' }).click()
  await notice(page, /^Отменено: возврат к виду/).waitFor()
  expect(await client()).toMatchObject({ region: 'Калуга', stage: 'Договор' })
  expect(archived.archivedAt).toBeNull()
  expect(errors).toEqual([])
})
