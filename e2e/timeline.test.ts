import { readFile } from 'node:fs/promises'
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

beforeAll(async () => {
  product = await startProduct({ KARTOTEKA_ADMIN_EMAIL: email, KARTOTEKA_ADMIN_PASSWORD: password })
  browser = await launchBrowser()
  head = await signedIn(product.url, email, password)
  const me = await head.get('/me')
  const made = await head.post('/clients', {
    name: 'ООО «Луч»',
    ownerId: me.id,
    people: [{ name: 'Вера Сидорова' }],
  })
  clientId = made.id
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const entry = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text })

test('a call is written down, planned, done with a result and taken back; an entry deleted comes back', async () => {
  const { page, errors } = await openScreen(browser)
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/clients/${clientId}`)
  const line = page.getByPlaceholder('Записать заметку…')
  await line.fill('Просил прайс')
  await page.keyboard.press('Control+Enter')
  await entry(page, 'Просил прайс').waitFor()
  await page.getByText('Следующий шаг не запланирован.').waitFor()

  await line.click()
  await page.getByRole('radiogroup', { name: 'Вид события' }).getByText('Звонок').click()
  await page.getByText('Запланировать').click()
  await page.getByPlaceholder('Что запланировать…').fill('Узнать про договор')
  await page.getByRole('button', { name: 'Завтра' }).click()
  await page.getByRole('spinbutton', { name: 'Часы' }).fill('10')
  await page.getByRole('spinbutton', { name: 'Минуты' }).fill('30')
  await expectAccessible(page, 'card with an open entry')
  await page.getByRole('button', { name: 'Добавить в план' }).click()
  await entry(page, 'Узнать про договор').getByText('завтра, 10:30').waitFor()
  await page.getByText('Следующий шаг не запланирован.').waitFor({ state: 'detached' })

  const done = page.getByRole('button', { name: 'Отметить сделанным: Узнать про договор' })
  await done.click()
  await page.getByRole('textbox', { name: 'Результат' }).fill('Подпишут в среду')
  await page.keyboard.press('Enter')
  await entry(page, 'Узнать про договор').getByText('Подпишут в среду').waitFor()
  await page
    .getByText('Отмечено сделанным')
    .locator('..')
    .getByRole('button', { name: 'Отменить', exact: true })
    .click()
  await done.waitFor()

  await entry(page, 'Просил прайс').getByRole('button', { name: 'Действия с записью' }).click()
  await page.getByRole('menuitem', { name: 'Удалить' }).click()
  await entry(page, 'Просил прайс').waitFor({ state: 'detached' })
  await page
    .getByText('Запись удалена')
    .locator('..')
    .getByRole('button', { name: 'Отменить', exact: true })
    .click()
  await entry(page, 'Просил прайс').waitFor()
  expect(errors).toEqual([])
})

test('a dropped file is shown, downloads under its own name, and comes back after deletion', async () => {
  const { page, errors } = await openScreen(browser)
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/clients/${clientId}`)
  // As text: this side of the compiler knows no DOM.
  const dropped = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['%PDF-1.4\\n'], 'Договор № 5.pdf'))
    transfer.items.add(new File(['MZ'], 'прайс.exe'))
    return transfer
  })()`)
  await page
    .getByRole('button', { name: /Перетащите файлы/ })
    .dispatchEvent('drop', { dataTransfer: dropped })
  await page.getByText('Программы и сценарии в базу не принимаются').waitFor()
  // Listed, and no longer on its way: until then a button that cancels bears its name too.
  await page.getByRole('link', { name: 'Скачать «Договор № 5.pdf»' }).waitFor()
  await page.getByRole('button', { name: 'Договор № 5.pdf' }).first().click()
  const preview = page.getByRole('dialog', { name: 'Договор № 5.pdf' })
  await preview.getByTitle('Просмотр файла: Договор № 5.pdf').waitFor()
  await preview.getByRole('button', { name: 'Закрыть' }).click()

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Скачать «Договор № 5.pdf»' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('Договор № 5.pdf')
  expect(await readFile((await download.path())!, 'utf8')).toBe('%PDF-1.4\n')

  await page.getByRole('button', { name: 'Удалить «Договор № 5.pdf»' }).click()
  await page.getByRole('link', { name: 'Скачать «Договор № 5.pdf»' }).waitFor({ state: 'detached' })
  await page
    .getByText('Файл «Договор № 5.pdf» удалён')
    .locator('..')
    .getByRole('button', { name: 'Отменить', exact: true })
    .click()
  await page.getByRole('link', { name: 'Скачать «Договор № 5.pdf»' }).waitFor()
  expect(errors).toEqual([])
})

test('the first screen shows the plan of the day; the journal tells what was done', async () => {
  const { page, errors } = await openScreen(browser, { width: 390, height: 844 })
  await signIn(page, product.url, email, password)
  await page.getByPlaceholder('Что сделать…').fill('Позвонить в банк')
  await page.getByRole('button', { name: 'Добавить в план' }).click()
  const today = page.getByRole('region', { name: 'Сегодня' })
  await today.getByText('Позвонить в банк').waitFor()
  await expectAccessible(page, 'first screen')
  await page.getByRole('link', { name: 'Весь журнал' }).click()
  await page.waitForURL(/journal/)
  await page.getByText('Дело сделано').first().waitFor()
  await expectAccessible(page, 'journal')
  expect(errors).toEqual([])
})

test('Escape leaves the form one is in; only then the card', async () => {
  const { page, errors } = await openScreen(browser)
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/clients/${clientId}`)
  const card = page.getByRole('dialog', { name: 'ООО «Луч»' })
  await card.getByRole('button', { name: /^Комментарий/ }).click()
  await card.getByRole('textbox', { name: 'Комментарий' }).fill('не сохранять')
  await page.keyboard.press('Escape')
  await card.getByRole('textbox', { name: 'Комментарий' }).waitFor({ state: 'detached' })
  await card.getByRole('button', { name: 'Добавить контакт', exact: true }).first().click()
  await card.getByRole('textbox', { name: 'Номер, адрес или ссылка' }).fill('8 495 700-11-22')
  await page.keyboard.press('Escape')
  await card.getByRole('textbox', { name: 'Номер, адрес или ссылка' }).waitFor({ state: 'detached' })
  const line = card.getByPlaceholder('Записать заметку…')
  await line.fill('Недописанное')
  await page.keyboard.press('Escape')
  expect(await line.inputValue()).toBe('Недописанное')
  await line.fill('')
  await page.keyboard.press('Escape')
  await card.getByRole('heading', { level: 2 }).first().click()
  await page.keyboard.press('Escape')
  await card.waitFor({ state: 'detached' })
  expect(page.url()).toMatch(/\/clients$/)
  expect(errors).toEqual([])
})

test('who has no next step is found from the first screen, and gets one on his card', async () => {
  const { id: ownerId } = await head.get('/me')
  const lonely = await head.post('/clients', { name: 'ООО «Забытый край»', ownerId })
  await head.post('/activities', { clientId: lonely.id, kind: 'note', text: 'Обещали подумать' })
  const { page, errors } = await openScreen(browser)
  await signIn(page, product.url, email, password)
  await page.getByRole('link', { name: /^Без следующего шага/ }).click()
  await gridCell(page, 'ООО «Забытый край»').waitFor({ state: 'attached' })
  await page.getByText('Без следующего шага', { exact: true }).waitFor()
  await page.goto(`${product.url}/clients/${lonely.id}`)
  await page.getByRole('button', { name: 'Наметить' }).click()
  await page.getByPlaceholder('Что запланировать…').fill('Спросить ещё раз')
  await page.getByRole('button', { name: 'Добавить в план' }).click()
  await entry(page, 'Спросить ещё раз').getByText('завтра').waitFor()
  await page.getByRole('button', { name: 'Наметить' }).waitFor({ state: 'detached' })
  expect(errors).toEqual([])
})
