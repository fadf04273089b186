import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, gridCell, launchBrowser, openScreen, signIn } from './browser.ts'
import { signedIn, startProduct, type Client, type Product } from './product.ts'

const email = 'head@example.test'
const password = 'correct horse battery'
let product: Product
let browser: Browser
let head: Client

beforeAll(async () => {
  product = await startProduct({ KARTOTEKA_ADMIN_EMAIL: email, KARTOTEKA_ADMIN_PASSWORD: password })
  browser = await launchBrowser()
  head = await signedIn(product.url, email, password)
  for (const name of ['Астра', 'Василёк'])
    await head.post('/clients', { name, contacts: [{ kind: 'phone', value: '8 (495) 236-17-42' }] })
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

test('on a telephone a client is changed from the list, and nothing is wider than the screen', async () => {
  const { page, errors } = await openScreen(browser, { width: 390, height: 800 })
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/clients`)
  await page.getByRole('button', { name: 'Изменить: Василёк' }).click()
  await page.getByLabel('Телефон').fill('8 916 216-43-58')
  await page.getByLabel('Комментарий').fill('изменено с телефона')
  await expectAccessible(page, 'sheet of a client on a telephone')
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('+7 (916) 216-43-58').waitFor()
  const { items } = await head.get('/clients?sort=name')
  expect(items[1]).toMatchObject({ name: 'Василёк', comment: 'изменено с телефона' })
  for (const path of ['/clients', '/team', `/clients/${items[1].id}`]) {
    await page.goto(product.url + path)
    await page
      .getByText(path === '/team' ? email : 'Василёк')
      .first()
      .waitFor()
    const tooWide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
    expect(tooWide, path).toBeLessThanOrEqual(0)
  }
  expect(errors).toEqual([])
})

test('the list is printed as a table with every shown column', async () => {
  const { page } = await openScreen(browser)
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/clients`)
  await gridCell(page, 'Василёк').waitFor({ state: 'attached' })
  await page.emulateMedia({ media: 'print' })
  const table = page.locator('table').filter({ hasText: 'Наименование' }).filter({ visible: true })
  await table.getByText('Василёк').waitFor()
  expect(await table.getByRole('columnheader').allTextContents()).toContain('Ответственный')
  await expect(page.locator('canvas').first().isVisible()).resolves.toBe(false)
})
