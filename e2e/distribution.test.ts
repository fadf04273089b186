import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, launchBrowser, openScreen, signIn } from './browser.ts'
import { colleague, signedIn, startProduct, type Client, type Product } from './product.ts'

const email = 'head@example.test'
const password = 'correct horse battery'
let product: Product
let browser: Browser
let head: Client

beforeAll(async () => {
  product = await startProduct({ KARTOTEKA_ADMIN_EMAIL: email, KARTOTEKA_ADMIN_PASSWORD: password })
  browser = await launchBrowser()
  head = await signedIn(product.url, email, password)
  await colleague(product.url, head, { name: 'Анна Белова', email: 'anna@example.test', password })
  await colleague(product.url, head, { name: 'Борис Чижов', email: 'boris@example.test', password })
  for (const name of ['ООО «Раз»', 'ООО «Два»', 'ООО «Три»', 'ООО «Четыре»'])
    await head.post('/clients', { name, ownerId: null })
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

test('clients nobody has are given out by one button, taken back, and new ones go by the rule', async () => {
  const { page, errors } = await openScreen(browser, { width: 390, height: 844 })
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/settings?tab=distribution`)
  const unowned = page.getByRole('region', { name: 'Клиенты без ответственного' })
  await unowned.getByText('Без ответственного 4 клиента').waitFor()
  await unowned
    .getByRole('row', { name: /Анна Белова/ })
    .getByText('+2')
    .waitFor()
  await expectAccessible(page, 'giving clients out')
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  await unowned.getByRole('button', { name: 'Распределить' }).click()
  const sure = page.getByRole('dialog', { name: 'Распределить 4 клиентов?' })
  await sure.getByRole('button', { name: 'Распределить' }).click()
  await page.getByText('Распределено 4 клиента').waitFor()
  await unowned.getByText('У каждого клиента есть ответственный.').waitFor()
  await page.getByRole('button', { name: 'Вернуть', exact: true }).click()
  await unowned.getByText('Без ответственного 4 клиента').waitFor()

  await page.getByRole('switch', { name: /Распределять сразу/ }).click()
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('Сохранено', { exact: true }).waitFor()
  const made = await head.post('/clients', { name: 'ООО «Новый»', ownerId: null })
  expect(made.ownerId).not.toBe(null)
  expect(errors).toEqual([])
})
