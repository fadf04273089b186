import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailServer, startMailServer } from '#app/testing-mail.ts'
import { expectAccessible, launchBrowser, openScreen, signIn } from './browser.ts'
import { startProduct, type Product } from './product.ts'

const email = 'head@example.test'
const password = 'correct horse battery'
let product: Product
let browser: Browser
let server: MailServer

beforeAll(async () => {
  product = await startProduct({ KARTOTEKA_ADMIN_EMAIL: email, KARTOTEKA_ADMIN_PASSWORD: password })
  browser = await launchBrowser()
  server = await startMailServer({ authOptional: false })
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await product?.stop()
})

test('the company’s mail is set up on the screen, and a test letter says what is in the way until it comes', async () => {
  const { page, errors } = await openScreen(browser)
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/settings?tab=mail`)
  await page.getByLabel('Сервер исходящей почты (SMTP)').fill('127.0.0.1')
  await page.getByRole('combobox', { name: 'Защита' }).click()
  await page.getByRole('option', { name: /STARTTLS/ }).click()
  await page.getByLabel('Порт').fill(String(server.port))
  await page.getByLabel('Имя пользователя').fill('mail@example.test')
  await page.getByLabel('Пароль', { exact: true }).fill('wrong')
  await page.getByLabel('Адрес отправителя').fill('base@example.test')
  await page.getByRole('button', { name: 'Сохранить' }).click()
  const send = page.getByRole('button', { name: 'Отправить пробное письмо' })
  await send.click()
  await page.getByText(/Защищённое соединение .* не получилось/).waitFor()
  await expectAccessible(page, 'mail settings')
  await page.getByRole('switch', { name: 'Проверять сертификат сервера' }).click()
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('Сохранено').first().waitFor()
  await send.click()
  await page.getByText(/Сервер не принял имя «mail@example.test» и пароль/).waitFor()
  await page.getByLabel('Пароль', { exact: true }).fill('correct')
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('Сохранён. Введите новый, чтобы заменить.').waitFor()
  await send.click()
  await page.getByText('Сервер принял письмо. Проверьте ящик head@example.test.').waitFor()
  expect(server.letters).toMatchObject([{ subject: 'Пробное письмо из Картотеки', secure: true }])
  expect(errors).toEqual([])
})

test('each switches off his own letters', async () => {
  const { page, errors } = await openScreen(browser, { width: 390, height: 844, dark: true })
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/account`)
  const morning = page.getByRole('switch', { name: /^Утром/ })
  await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === 'PATCH'),
    morning.click(),
  ])
  await page.reload()
  await morning.waitFor()
  expect(await morning.isChecked()).toBe(false)
  expect(await page.getByRole('switch', { name: /^Вечером/ }).isChecked()).toBe(true)
  await page.goto(`${product.url}/settings?tab=mail`)
  await page.getByLabel('Порт').waitFor()
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  await expectAccessible(page, 'mail settings on a telephone')
  expect(errors).toEqual([])
})
