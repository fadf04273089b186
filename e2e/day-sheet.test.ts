import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, launchBrowser, openScreen, signIn } from './browser.ts'
import { colleague, signedIn, startProduct, type Client, type Product } from './product.ts'

const email = 'head@example.test'
const password = 'correct horse battery'
let product: Product
let browser: Browser
let anna: Client

beforeAll(async () => {
  product = await startProduct({ KARTOTEKA_ADMIN_EMAIL: email, KARTOTEKA_ADMIN_PASSWORD: password })
  browser = await launchBrowser()
  const head = await signedIn(product.url, email, password)
  await colleague(product.url, head, { name: 'Анна Белова', email: 'anna@example.test', password })
  await colleague(product.url, head, { name: 'Борис Чижов', email: 'boris@example.test', password })
  anna = await signedIn(product.url, 'anna@example.test', password)
  const { id: clientId } = await anna.post('/clients', { name: 'ООО «Сосна»' })
  const now = new Date().toISOString()
  for (const kind of ['call', 'call', 'meeting'])
    await anna.post('/activities', { clientId, kind, text: 'Договорились о поставке', doneAt: now })
  const plan = await anna.post('/activities', {
    clientId,
    kind: 'call',
    text: 'Узнать про оплату',
    dueAt: now,
  })
  const later = new Date(Date.now() + 3 * 86_400_000).toISOString()
  await anna.post(`/activities/${plan.id}/moves`, { dueAt: later })
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

test('a manager finds his day filled in and closes it with a word; the head reads it and opens it again', async () => {
  const { page, errors } = await openScreen(browser)
  await signIn(page, product.url, 'anna@example.test', password)
  await page.getByRole('link', { name: 'Листы дня' }).click()
  await page.getByRole('button', { name: 'Сделано: 3, Анна Белова' }).waitFor()
  await page.getByRole('button', { name: 'Звонки: 2, Анна Белова' }).click()
  await page.getByRole('dialog', { name: 'Звонки' }).getByText('2 записи').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Перенесено: 1, Анна Белова' }).click()
  await page
    .getByRole('dialog', { name: 'Перенесено' })
    .getByText(/Узнать про оплату · перенесено на/)
    .waitFor()
  await page.keyboard.press('Escape')
  await expectAccessible(page, 'own day sheet')
  await page.getByLabel('Комментарий').fill('Ждут договор, завтра отвезу')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/День закрыт \d/).waitFor()
  // What comes after the closing is told beside the figure it was closed with.
  const [client] = (await anna.get('/clients?limit=1')).items
  await anna.post('/activities', { clientId: client.id, kind: 'letter', doneAt: new Date().toISOString() })
  await page.reload()
  await page.getByText('сейчас 4').waitFor()

  const heads = await openScreen(browser)
  await signIn(heads.page, product.url, email, password)
  await heads.page.goto(`${product.url}/day-sheets`)
  const row = heads.page.getByRole('row', { name: /Анна Белова/ })
  await row.getByText('Ждут договор, завтра отвезу').waitFor()
  await row.getByRole('button', { name: 'Встречи: 1, Анна Белова' }).click()
  await heads.page.getByRole('dialog').getByRole('link', { name: 'ООО «Сосна»' }).waitFor()
  await heads.page.keyboard.press('Escape')
  await expectAccessible(heads.page, 'day sheets of the team')
  await heads.page.getByRole('button', { name: 'Excel' }).click()
  const [download] = await Promise.all([
    heads.page.waitForEvent('download'),
    heads.page.getByRole('menuitem', { name: 'Все записи за неделю' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^day-sheets-.*\.xlsx$/)
  await heads.page.getByRole('button', { name: 'Открыть снова: Анна Белова' }).click()
  await heads.page.getByText('День снова открыт').waitFor()
  await row.getByRole('button', { name: 'Сделано: 4, Анна Белова' }).waitFor()
  expect([...errors, ...heads.errors]).toEqual([])
})

test('on a telephone, in the dark, both fit', async () => {
  for (const who of ['anna@example.test', email]) {
    const { page, errors } = await openScreen(browser, { width: 390, height: 844, dark: true })
    await signIn(page, product.url, who, password)
    await page.goto(`${product.url}/day-sheets`)
    await page.getByRole('button', { name: 'Сделано: 4, Анна Белова' }).waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    await expectAccessible(page, `day sheet on a telephone of ${who}`)
    expect(errors).toEqual([])
  }
})
