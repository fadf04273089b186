import { readFile } from 'node:fs/promises'
import * as XLSX from '@e965/xlsx'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, gridCell, launchBrowser, openScreen, signIn } from './browser.ts'
import { colleague, signedIn, startProduct, type Client, type Product } from './product.ts'

const email = 'head@example.test'
const manager = 'anna@example.test'
const password = 'correct horse battery'
let product: Product
let browser: Browser
let head: Client

beforeAll(async () => {
  product = await startProduct({ KARTOTEKA_ADMIN_EMAIL: email, KARTOTEKA_ADMIN_PASSWORD: password })
  browser = await launchBrowser()
  head = await signedIn(product.url, email, password)
  await colleague(product.url, head, { name: 'Анна Белова', email: manager, password })
  const users = (await head.get('/users')) as { id: string; email: string }[]
  const { id } = users.find((user) => user.email === manager)!
  await head.patch(`/users/${id}`, { mayExport: true, exportQuota: 2 })
  const anna = await signedIn(product.url, manager, password)
  for (const name of ['Сосна', 'Берёза', 'Ольха']) await anna.post('/clients', { name: `ООО «${name}»` })
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

test('over her quota a manager asks, the head allows it, and the file says whose it is', async () => {
  const annas = await openScreen(browser)
  await signIn(annas.page, product.url, manager, password)
  await annas.page.goto(`${product.url}/clients`)
  await gridCell(annas.page, 'Сосна').waitFor({ state: 'attached' })
  await annas.page.getByRole('button', { name: 'Выгрузить' }).click()
  await annas.page.getByRole('menuitem', { name: 'Excel (.xlsx)' }).click()
  const dialog = annas.page.getByRole('dialog', { name: 'Превышена квота' })
  await dialog.getByText('строк 3, а осталось 2').waitFor()
  await dialog.getByLabel('Причина').fill('Сверка с бухгалтерией')
  await expectAccessible(annas.page, 'a request to the head')
  await dialog.getByRole('button', { name: 'Попросить' }).click()
  await annas.page.getByText('Просьба отправлена руководителю').waitFor()

  const heads = await openScreen(browser, { width: 1400 })
  await signIn(heads.page, product.url, email, password)
  await heads.page.getByText('Просит разрешения на выгрузку: Анна Белова').waitFor()
  await heads.page.getByRole('button', { name: 'Посмотреть' }).click()
  const request = heads.page.getByRole('listitem', { name: 'Анна Белова' })
  await request.getByText('Сверка с бухгалтерией').waitFor()
  await request.getByLabel('Ответ сотруднику').fill('Только сегодня')
  await expectAccessible(heads.page, 'requests')
  await request.getByRole('button', { name: 'Разрешить' }).click()
  await request.getByText('Разрешено', { exact: true }).waitFor()

  await annas.page.getByText('Руководитель разрешил выгрузку').waitFor()
  const [download] = await Promise.all([
    annas.page.waitForEvent('download'),
    // Beside it stands the button of the table.
    annas.page.getByRole('alert').getByRole('button', { name: 'Выгрузить' }).click(),
  ])
  const book = XLSX.read(await readFile((await download.path())!))
  const rows = XLSX.utils.sheet_to_json<string[]>(book.Sheets[book.SheetNames[0]!]!, { header: 1 })
  expect(rows).toHaveLength(4)
  const mark = String(rows[0]!.at(-1))
  expect(mark).toMatch(/^Выгрузка: Анна Белова, \d\d\.\d\d\.\d{4}, \d\d:\d\d, № [0-9a-f-]{36}$/)
  const number = mark.slice(-36)
  expect(book.Custprops).toMatchObject({ KartotekaTaking: number })

  await request.getByText('Выгружено', { exact: true }).waitFor()
  await heads.page.getByText('Выгрузки', { exact: true }).click()
  const table = heads.page.getByRole('region', { name: 'Выгрузки' })
  await table.getByText('Выгрузка клиентов').waitFor()
  await table
    .getByRole('row', { name: /Анна Белова/ })
    .getByRole('button')
    .click()
  await heads.page.getByRole('dialog').getByText(`№ ${number}`).waitFor()
  await heads.page.keyboard.press('Escape')
  await expectAccessible(heads.page, 'what was taken')
  expect([...annas.errors, ...heads.errors]).toEqual([])
})

test('the head sees who took and read how much, on a chart and by the hour; a person sees her own', async () => {
  const { page, errors } = await openScreen(browser, { width: 1400 })
  await signIn(page, product.url, email, password)
  await page.getByRole('link', { name: 'Кто что уносит' }).click()
  const row = page.getByRole('row', { name: /Анна Белова/ })
  await row.getByText('0 из 2').waitFor()
  await row.getByRole('button', { name: 'Анна Белова', exact: true }).click()
  await page.getByText('Анна Белова: Прочитано строк').waitFor()
  await page.getByRole('list', { name: 'По дням' }).getByRole('button').first().click()
  await page
    .getByRole('table', { name: 'По часам' })
    .getByRole('columnheader', { name: 'карточки' })
    .waitFor()
  await expectAccessible(page, 'who takes what')
  expect(errors).toEqual([])
  for (const who of [email, manager]) {
    const narrow = await openScreen(browser, { width: 390, height: 844, dark: true })
    await signIn(narrow.page, product.url, who, password)
    await narrow.page.goto(`${product.url}/taking`)
    await narrow.page.getByRole('row', { name: /Анна Белова/ }).waitFor()
    expect(await narrow.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    await expectAccessible(narrow.page, `who takes what on a telephone of ${who}`)
    expect(narrow.errors).toEqual([])
  }
})

test('the head sets the quotas of roles, and of a person', async () => {
  const { page, errors } = await openScreen(browser)
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/settings?tab=taking`)
  const quota = page.getByLabel('Менеджер', { exact: true })
  await quota.fill('250')
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('Сохранено').waitFor()
  expect(await head.get('/taking-rules')).toMatchObject({ quotaManager: 250 })
  await expectAccessible(page, 'rules of taking')
  await page.goto(`${product.url}/team`)
  const own = page.getByLabel('Квота выгрузки: Анна Белова')
  await own.fill('40')
  const saved = page.waitForResponse(
    (response) => response.url().includes('/api/users/') && response.request().method() === 'PATCH',
  )
  await own.press('Enter')
  expect((await (await saved).json()).exportQuota).toBe(40)
  expect(errors).toEqual([])
})
