import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, gridCell, launchBrowser, openScreen, signIn } from './browser.ts'
import { type Client, colleague, type Product, signedIn, startProduct } from './product.ts'

const email = 'head@example.test'
const password = 'correct horse battery'
const petrov = { name: 'Пётр Петров', email: 'petrov@example.test', password }
const sidorov = { name: 'Семён Сидоров', email: 'sidorov@example.test', password }
let product: Product
let browser: Browser
let head: Client
let petrovId: string, sidorovId: string

beforeAll(async () => {
  product = await startProduct({ KARTOTEKA_ADMIN_EMAIL: email, KARTOTEKA_ADMIN_PASSWORD: password })
  browser = await launchBrowser()
  head = await signedIn(product.url, email, password)
  petrovId = await colleague(product.url, head, petrov)
  sidorovId = await colleague(product.url, head, sidorov)
  await head.patch(`/users/${petrovId}`, { mayExport: true })
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

test('the head masks contacts; a colleague opens them on the card of a shared client, and the journal says so', async () => {
  const client = await head.post('/clients', {
    name: 'ООО «Общий»',
    ownerId: sidorovId,
    managerIds: [petrovId],
    contacts: [
      { kind: 'phone', value: '+7 495 730-18-24' },
      { kind: 'email', value: 'ivan@obshchij.ru' },
    ],
  })
  const boss = await openScreen(browser)
  await signIn(boss.page, product.url, email, password)
  await boss.page.goto(`${product.url}/settings?tab=guard`)
  await boss.page.getByRole('checkbox', { name: 'менеджеров', exact: true }).click()
  await boss.page.getByText('Сохранено').first().waitFor()
  await expectAccessible(boss.page, 'settings that guard the base')

  const his = await openScreen(browser)
  await signIn(his.page, product.url, petrov.email, password)
  await his.page.goto(`${product.url}/clients/${client.id}`)
  const contacts = his.page.getByRole('group', { name: 'Контакты', exact: true })
  await contacts.getByText('+7 495 ···-··-24').waitFor()
  await contacts.getByText('i···@obshchij.ru').waitFor()
  expect(await contacts.getByRole('button', { name: 'Изменить' }).count()).toBe(0)
  await expectAccessible(his.page, 'card with masked contacts')
  await his.page.getByRole('button', { name: 'Показать контакты' }).click()
  await contacts.getByText('+7 (495) 730-18-24').waitFor()
  await contacts.getByText('ivan@obshchij.ru').waitFor()

  await boss.page.goto(`${product.url}/journal`)
  await boss.page.getByRole('link', { name: 'Открыты скрытые контакты «ООО «Общий»»' }).waitFor()
  expect([...boss.errors, ...his.errors]).toEqual([])
})

test('the head looks as Petrov, changes nothing and returns', async () => {
  const { page, errors } = await openScreen(browser)
  await signIn(page, product.url, email, password)
  const own = await head.post('/clients', { name: 'ООО «Петрово»', ownerId: petrovId })
  await head.post('/clients', { name: 'ООО «Чужое»', ownerId: sidorovId })
  await page.goto(`${product.url}/team`)
  await page.getByRole('button', { name: 'Действия: Пётр Петров' }).click()
  await page.getByRole('menuitem', { name: 'Смотреть как этот сотрудник' }).click()
  const banner = page.getByText(/Вы смотрите как Пётр Петров/)
  await banner.waitFor()
  await page.goto(`${product.url}/clients`)
  await gridCell(page, 'ООО «Петрово»').waitFor({ state: 'attached' })
  expect(await gridCell(page, 'ООО «Чужое»').count()).toBe(0)
  await page.goto(`${product.url}/clients/${own.id}`)
  await page.getByRole('button', { name: 'Почему я это вижу' }).waitFor()
  // What would be refused afterwards is not offered.
  const inCard = page.getByRole('dialog')
  await inCard.getByRole('button', { name: 'Печать' }).waitFor()
  await inCard.getByText('Договоры, сканы, фото').waitFor()
  for (const name of ['В корзину', 'Записать звонок'])
    expect(await inCard.getByRole('button', { name }).count()).toBe(0)
  expect(await inCard.locator('textarea, input[type="file"]').count()).toBe(0)
  await expectAccessible(page, 'card through another’s eyes')
  const refused = await page.evaluate(async (id) => {
    const body = JSON.stringify({ version: 1, comment: 'чужими руками' })
    const headers = { 'content-type': 'application/json', 'accept-language': 'ru' }
    const answer = await fetch(`/api/clients/${id}`, { method: 'PATCH', headers, body })
    return [answer.status, ((await answer.json()) as { title: string }).title]
  }, own.id)
  expect(refused).toEqual([403, expect.stringContaining('менять ничего нельзя')])
  await page.goto(`${product.url}/`)
  await page.getByRole('button', { name: 'Вернуться к себе' }).click()
  await page.waitForURL(`${product.url}/team`)
  await banner.waitFor({ state: 'detached' })
  await page.goto(`${product.url}/journal`)
  await page.getByRole('link', { name: 'Смотрит как сотрудник «Пётр Петров»', exact: true }).waitFor()
  expect(errors).toEqual([])
})

test('a canary in a manager’s export raises the alarm on the head’s screen while he looks at it', async () => {
  const boss = await openScreen(browser)
  await signIn(boss.page, product.url, email, password)
  await boss.page.goto(`${product.url}/settings?tab=guard`)
  await boss.page.getByLabel('Почта, о которой сотрудники не знают').fill('kontrol.bazy@yandex.ru')
  await boss.page.getByRole('button', { name: 'Сделать каждому менеджеру' }).click()
  const row = boss.page.getByRole('row', { name: /Пётр Петров/ })
  await row.waitFor()
  const name = (await row.getByRole('link').textContent())!
  await boss.page.goto(`${product.url}/alarms`)
  await boss.page.getByRole('heading', { name: 'Тревог нет' }).waitFor()
  await expectAccessible(boss.page, 'no alarms')

  const his = await openScreen(browser)
  await signIn(his.page, product.url, petrov.email, password)
  await his.page.goto(`${product.url}/clients`)
  await gridCell(his.page, name).waitFor({ state: 'attached' })
  await his.page.getByRole('button', { name: 'Выгрузить' }).click()
  await his.page.getByRole('menuitem', { name: /csv/ }).click()
  await his.page.getByRole('link', { name: 'Скачать' }).waitFor()

  // Without a reload.
  await boss.page.getByRole('link', { name: '1 тревога ждёт вашего взгляда' }).waitFor()
  const alarm = boss.page.getByRole('listitem').filter({ hasText: 'Контрольный клиент попал в выгрузку' })
  await alarm.getByText(name).waitFor()
  await alarm.getByText(/Пётр Петров/).waitFor()
  await expectAccessible(boss.page, 'an alarm')
  await alarm.getByRole('button', { name: /^Просмотрено/ }).click()
  await alarm.getByText(/просмотрено:/).waitFor()
  await boss.page.getByRole('link', { name: /ждёт вашего взгляда/ }).waitFor({ state: 'detached' })
  expect([...boss.errors, ...his.errors]).toEqual([])
})
