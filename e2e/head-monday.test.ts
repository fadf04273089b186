import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, launchBrowser, openScreen, signIn } from './browser.ts'
import { colleague, signedIn, startProduct, type Client, type Product } from './product.ts'

const email = 'head@example.test'
const password = 'correct horse battery'
let product: Product
let browser: Browser
let head: Client
let anna: string
let boris: string

beforeAll(async () => {
  product = await startProduct({ KARTOTEKA_ADMIN_EMAIL: email, KARTOTEKA_ADMIN_PASSWORD: password })
  browser = await launchBrowser()
  head = await signedIn(product.url, email, password)
  anna = await colleague(product.url, head, { name: 'Анна Белова', email: 'anna@example.test', password })
  boris = await colleague(product.url, head, { name: 'Борис Чижов', email: 'boris@example.test', password })
  const phone = { kind: 'phone', value: '8 916 204-18-37' }
  const mail = { kind: 'email', value: 'info@sosna-les.ru' }
  await head.post('/clients', { name: 'ООО «Сосна»', ownerId: anna, contacts: [mail] })
  await head.post('/clients', { name: 'ООО «Ель»', ownerId: anna, contacts: [phone, mail] })
  await head.post('/clients', {
    name: 'ООО «Кедр»',
    ownerId: anna,
    contacts: [phone, { kind: 'email', value: 'кедр собака' }],
  })
  await head.post('/clients', { name: 'ИП Дубов', ownerId: boris, contacts: [] })
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

test('a head’s Monday: what the report lacks is asked for, filled in one table, and watched as it shrinks', async () => {
  const { page, errors } = await openScreen(browser)
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/reports/contact-info`)
  await page.getByRole('button', { name: 'Попросить дополнить' }).click()
  const dialog = page.getByRole('dialog', { name: 'Попросить дополнить' })
  await dialog.getByText('Телефон, Почта').waitFor()
  await dialog.getByRole('checkbox', { name: /Анна Белова 2 клиента/ }).waitFor()
  await dialog.getByRole('checkbox', { name: /Борис Чижов 1 клиент/ }).waitFor()
  await dialog.getByRole('textbox', { name: 'Несколько слов' }).fill('Готовим рассылку к празднику')
  await dialog.getByRole('textbox', { name: 'К какому дню' }).waitFor()
  await expectAccessible(page, 'asking to fill in')
  await dialog.getByRole('button', { name: 'Попросить', exact: true }).click()
  await page.getByText('Заполнено 0 из 3').waitFor()
  await expectAccessible(page, 'progress of a request')
  const address = page.url()

  const his = await openScreen(browser)
  await signIn(his.page, product.url, 'anna@example.test', password)
  await his.page.goto(`${product.url}/`)
  const panel = his.page.getByRole('region', { name: 'Просят дополнить' })
  await panel.getByText('осталось 2 из 2').waitFor()
  await panel.getByRole('link', { name: 'Готовим рассылку к празднику' }).click()
  expect(his.page.url()).toBe(address.split('?')[0])
  // By keyboard: a wrong address corrected, Enter; then the phone of the other client.
  await his.page.getByRole('textbox', { name: 'Почта: ООО «Кедр»' }).fill('info@kedr-les.ru')
  await his.page.keyboard.press('Enter')
  await his.page.getByRole('row', { name: /Кедр/ }).getByText('готово').waitFor()
  await his.page.getByRole('textbox', { name: 'Телефон: ООО «Сосна»' }).fill('495 207 31 64')
  await his.page.keyboard.press('Tab')
  await his.page.getByRole('row', { name: /Сосна/ }).getByText('готово').waitFor()
  await his.page.getByText('Всё заполнено').waitFor()
  await expectAccessible(his.page, 'filling in')

  await page.getByText('Заполнено 2 из 3').waitFor({ timeout: 20_000 })
  await page
    .getByRole('row', { name: /Борис Чижов/ })
    .getByRole('button', { name: '1', exact: true })
    .last()
    .click()
  await page.getByRole('link', { name: 'ИП Дубов' }).waitFor()
  await page.goto(`${product.url}/reports/contact-info`)
  await page
    .getByRole('row', { name: /Анна Белова/ })
    .getByText('100')
    .first()
    .waitFor()

  await page.goto(address)
  await page.getByRole('button', { name: 'Закрыть просьбу' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Закрыть просьбу' }).click()
  await page.getByText(/закрыта/).waitFor()
  await his.page.goto(`${product.url}/`)
  await his.page.getByText('Чего не хватает у меня').waitFor()
  expect(await panel.count()).toBe(0)
  expect([...errors, ...his.errors]).toEqual([])
})

test('on a telephone the list is filled in block by block', async () => {
  const made = await head.post('/fill-requests', {
    selection: { kinds: ['website'], owner: [boris] },
    dueOn: '2099-12-31',
  })
  const { page, errors } = await openScreen(browser, { width: 390, height: 844, dark: true })
  await signIn(page, product.url, 'boris@example.test', password)
  await page.goto(`${product.url}/fill-requests/${made.id}`)
  await page.getByRole('textbox', { name: 'Сайт: ИП Дубов' }).fill('dubov-les.ru')
  await page.keyboard.press('Enter')
  await page.getByText('готово').waitFor()
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  await expectAccessible(page, 'filling in on a telephone')
  expect(errors).toEqual([])
})
