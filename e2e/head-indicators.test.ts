import { readFileSync } from 'node:fs'
import * as XLSX from '@e965/xlsx'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, launchBrowser, openScreen, signIn } from './browser.ts'
import { colleague, signedIn, startProduct, type Client, type Product } from './product.ts'

const email = 'head@example.test'
const password = 'correct horse battery'
const day = 86_400_000
let product: Product
let browser: Browser
let head: Client
/** Today and yesterday of the company. */
let today: string
let yesterday: string

beforeAll(async () => {
  product = await startProduct({ KARTOTEKA_ADMIN_EMAIL: email, KARTOTEKA_ADMIN_PASSWORD: password })
  browser = await launchBrowser()
  head = await signedIn(product.url, email, password)
  today = (await head.get('/my-day')).today
  yesterday = new Date(Date.parse(today) - day).toISOString().slice(0, 10)
  await head.post('/custom-fields', { key: 'turnover', title: 'Оборот', type: 'number' })
  for (const name of ['Знакомство', 'Подписано']) await head.post('/choices', { field: 'stage', name })
  const annas = { name: 'Анна Белова', email: 'anna@example.test', password }
  const ownerId = await colleague(product.url, head, annas)
  await colleague(product.url, head, { name: 'Борис Чижов', email: 'boris@example.test', password })
  const made: { id: string; version: number }[] = []
  for (const [name, turnover] of [
    ['ООО «Сосна»', 8_000],
    ['ООО «Ель»', 1_500],
    ['ООО «Кедр»', 500],
  ] as const)
    made.push(await head.post('/clients', { name, ownerId, stage: 'Знакомство', custom: { turnover } }))
  const [pine] = made as [(typeof made)[number]]
  const anna = await signedIn(product.url, annas.email, password)
  await anna.patch(`/clients/${pine.id}`, { version: pine.version, stage: 'Подписано' })
  const done = (kind: string, doneAt: string) =>
    anna.post('/activities', { clientId: pine.id, kind, text: 'Договорились о поставке', doneAt })
  // Two calls and a meeting today, one call yesterday, by the company's noon and now.
  const now = new Date().toISOString()
  for (const kind of ['call', 'call', 'meeting']) await done(kind, now)
  await done('call', `${yesterday}T09:00:00Z`)
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

test('the rest of a head’s Monday: period against period, the records behind a number, stages, ABC, a preset, a workbook', async () => {
  const { page, errors } = await openScreen(browser)
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/indicators?period=own&from=${today}&to=${today}`)
  const row = page.getByRole('row', { name: /Анна Белова/ })
  await row.getByTitle('было 1', { exact: true }).first().waitFor()
  const numbers = (await row.getByRole('cell').allInnerTexts()).map((text) =>
    text.split(/\s+/).filter(Boolean),
  )
  // Done, calls, meetings: three, two and one, against one, one and none.
  expect(numbers.slice(0, 3)).toEqual([
    ['3', '+2'],
    ['2', '+1'],
    ['1', '+1'],
  ])
  await expectAccessible(page, 'summary of indicators')

  await row.getByRole('button', { name: '2', exact: true }).first().click()
  const calls = page.getByRole('dialog', { name: 'Звонки · Анна Белова' })
  await calls.getByText('2 записи').waitFor()
  expect(await calls.getByRole('link', { name: 'ООО «Сосна»' }).count()).toBe(2)
  await expectAccessible(page, 'the records behind a number')
  await page.keyboard.press('Escape')
  await calls.waitFor({ state: 'detached' })

  await page.getByRole('radiogroup').getByText('Стадии', { exact: true }).click()
  const signed = page.getByRole('row', { name: /^Подписано/ })
  await signed.getByRole('button', { name: '1' }).click()
  await page.getByRole('dialog', { name: 'Переходы' }).getByText('Знакомство → Подписано').waitFor()
  await expectAccessible(page, 'moves between stages')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expectAccessible(page, 'stages')

  await page.getByRole('radiogroup').getByText('ABC', { exact: true }).click()
  // 80 % of the sum is one client's, the next 15 % another's.
  const first = page.getByRole('row', { name: /^A/ })
  await first
    .getByText(/^8.000$/)
    .first()
    .waitFor()
  await first.getByRole('button', { name: '1' }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'ООО «Сосна»' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expectAccessible(page, 'ABC')

  await page.getByRole('button', { name: 'Варианты' }).click()
  await page.getByRole('menuitem', { name: 'Сохранить как вариант…' }).click()
  const naming = page.getByRole('dialog', { name: 'Сохранить как вариант…' })
  await naming.getByLabel('Название').fill('Понедельник')
  await naming.getByRole('button', { name: 'Сохранить' }).click()
  await naming.waitFor({ state: 'detached' })
  await page.goto(`${product.url}/indicators`)
  await row.waitFor()
  await page.getByRole('button', { name: 'Варианты' }).click()
  await page.getByRole('menuitem', { name: 'Понедельник' }).click()
  await first.waitFor()
  expect(page.url()).toContain('tab=abc')

  await page.goto(`${product.url}/indicators?period=own&from=${today}&to=${today}`)
  await row.waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Excel' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/\.xlsx$/)
  const book = XLSX.read(readFileSync(await download.path()))
  const lines = book.SheetNames.flatMap((name) =>
    XLSX.utils.sheet_to_json<unknown[]>(book.Sheets[name]!, { header: 1 }),
  )
  expect(lines.find(([who]) => who === 'Анна Белова')).toEqual(expect.arrayContaining([3, 2, 1]))
  expect(errors).toEqual([])
})

test('on a telephone, in the dark, the indicators fit and open', async () => {
  const { page, errors } = await openScreen(browser, { width: 390, height: 844, dark: true, touch: true })
  await signIn(page, product.url, email, password)
  const shown = {
    summary: page.getByRole('row', { name: /Анна Белова/ }),
    trend: page.getByRole('combobox', { name: 'Показатель' }),
    funnel: page.getByRole('row', { name: /^Подписано/ }),
    abc: page.getByRole('row', { name: /^A/ }),
  }
  for (const [tab, mark] of Object.entries(shown)) {
    await page.goto(`${product.url}/indicators?tab=${tab}&period=own&from=${yesterday}&to=${today}`)
    await mark.waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth'), tab).toBeLessThanOrEqual(390)
    await expectAccessible(page, `indicators on a telephone: ${tab}`)
  }
  expect(errors).toEqual([])
})
