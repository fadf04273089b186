import * as XLSX from '@e965/xlsx'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, gridCell, launchBrowser, openScreen, signIn } from './browser.ts'
import { signedIn, startProduct, type Client, type Product } from './product.ts'

const password = 'correct horse battery'
let product: Product
let browser: Browser
let head: Client

beforeAll(async () => {
  product = await startProduct({
    KARTOTEKA_ADMIN_EMAIL: 'head@example.test',
    KARTOTEKA_ADMIN_PASSWORD: password,
  })
  browser = await launchBrowser()
  head = await signedIn(product.url, 'head@example.test', password)
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

/** A manager's private table as they are: a title above the header, dirt in the cells. */
function managersTable(): Buffer {
  const sheet = XLSX.utils.aoa_to_sheet([
    ['Клиенты Новикова, осень'],
    [],
    ['Контрагент', 'ИНН', 'Тел.', 'Эл. почта', 'Контактное лицо', 'Регион', 'Примечание'],
    [
      'ООО «Ромашка»',
      7707083893,
      '8 (495) 236-17-42 доб. 5',
      'info@romashka,ru',
      'Петров Пётр Ильич',
      'Москва',
      'звонить утром',
    ],
    ['ИП Лютиков А.А.', '', '8-916-216-43-58; 236-11-17', 'нет', '', 'Тверь', ''],
    ['Василёк', '', 'уточнить', '', 'Анна', '', ''],
    ['', '', '', '', '', '', 'строка без имени'],
  ])
  const book = XLSX.utils.book_new()
  XLSX.utils.book_append_sheet(book, sheet, 'Лист1')
  return XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer
}

test('a manager drops his Excel, sees what comes of it, writes it, and the same file again finds everybody here', async () => {
  const invited = await head.post('/users', {
    email: 'manager@example.test',
    name: 'Иван Новиков',
    role: 'manager',
  })
  const token = new URL(invited.link).pathname.split('/').at(-1)
  await fetch(`${product.url}/api/invitations/${token}/acceptance`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password }),
  })
  const { page, errors } = await openScreen(browser, { width: 1400 })
  await signIn(page, product.url, 'manager@example.test', password)
  await page.getByRole('link', { name: 'Загрузки' }).first().click()
  // The first screen of an empty base has a place for files too: not that one.
  await page.getByRole('heading', { name: 'Загрузки' }).waitFor()
  const file = { name: 'Мои клиенты.xlsx', mimeType: 'application/octet-stream', buffer: managersTable() }
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByText('Готова к записи').waitFor()
  await page.getByRole('tab', { name: /Новые 3/ }).waitFor()
  await page.getByRole('cell', { name: 'info@romashka,ru' }).waitFor()
  await expectAccessible(page, 'import')
  await page.getByRole('button', { name: 'Записать в базу' }).click()
  await page.getByText('Записана', { exact: true }).waitFor()

  await page.getByRole('link', { name: 'Открыть базу' }).click()
  await gridCell(page, 'ООО «Ромашка»').waitFor({ state: 'attached' })
  await gridCell(page, '+7 (495) 236-17-42 доб. 5').waitFor({ state: 'attached' })
  await expectAccessible(page, 'the base')

  await page.goto(`${product.url}/imports`)
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByText('Готова к записи').waitFor()
  await page.getByRole('tab', { name: /Пропустить 3/ }).waitFor()
  expect(errors).toEqual([])
})

test('the head sees in the report what is missing, and the very clients behind the number', async () => {
  const { page, errors } = await openScreen(browser, { width: 1400 })
  await signIn(page, product.url, 'head@example.test', password)
  await page.goto(`${product.url}/reports/contact-info`)
  await page.getByText('Иван Новиков').first().waitFor()
  await expectAccessible(page, 'report')
  const report = await head.get('/reports/contact-info?kinds=phone,email&groupBy=manager')
  const group = report.groups.find((one: { label: string }) => one.label === 'Иван Новиков')
  expect(group.clients).toBe(3)
  expect(
    Object.values(group.cells.email as Record<string, number>).reduce((sum, part) => sum + part, 0),
  ).toBe(3)
  const behind = await head.get(
    `/reports/contact-info/clients?kinds=phone,email&groupBy=manager&group=${group.key}&kind=email&state=missing`,
  )
  expect(behind.count).toBe(group.cells.email.missing)
  expect(errors).toEqual([])
})

test('a cell is edited in place and keeps to the rule of versions', async () => {
  const { page, errors } = await openScreen(browser, { width: 1400 })
  await signIn(page, product.url, 'head@example.test', password)
  await page.goto(`${product.url}/clients?sort=name`)
  await gridCell(page, 'Василёк').waitFor({ state: 'attached' })
  const canvas = page.locator('canvas').first()
  const box = (await canvas.boundingBox())!
  const header = await page.locator(`[role="columnheader"]`).allTextContents()
  expect(header).toContain('Регион')
  // The first row, by the keyboard: Home, then to the column of the region.
  await page.mouse.click(box.x + 300, box.y + 52)
  await page.keyboard.press('Home')
  for (let step = 0; step < header.indexOf('Регион'); step++) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Калуга', { delay: 40 })
  const saved = page.waitForResponse((response) => response.url().endsWith('/api/clients/cells'))
  await page.keyboard.press('Enter')
  expect((await saved).ok()).toBe(true)
  await gridCell(page, 'Калуга').waitFor({ state: 'attached' })
  const { items } = await head.get('/clients?sort=name')
  expect(items[0].region).toBe('Калуга')
  expect(errors).toEqual([])
})
