import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeAt } from '#server/auth/totp.ts'
import { expectAccessible, launchBrowser, openScreen, signIn } from './browser.ts'
import { colleague, signedIn, startProduct, type Client, type Product } from './product.ts'

const email = 'head@example.test'
const password = 'correct horse battery'
let product: Product
let browser: Browser
let head: Client
/** A sign-in costs a slow hash, and a journey here is a dozen of them. */
const patience = 400_000

beforeAll(async () => {
  product = await startProduct({ KARTOTEKA_ADMIN_EMAIL: email, KARTOTEKA_ADMIN_PASSWORD: password })
  browser = await launchBrowser()
  head = await signedIn(product.url, email, password)
  for (const [name, address] of [
    ['Анна Белова', 'anna@example.test'],
    ['Борис Чижов', 'boris@example.test'],
  ] as const)
    await colleague(product.url, head, { name, email: address, password })
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

/** The secret as the screen shows it for typing. */
const secretOn = async (page: Page) =>
  (await page.getByLabel('Или введите секрет вручную').inputValue()).replaceAll(' ', '')

/** A code of a step that was not used yet: a second sign-in within half a minute takes the next one, which is let in too. */
const codes = new Map<string, number>()
function freshCode(secret: string): string {
  const now = Math.floor(Date.now() / 30_000)
  const step = Math.max(now, (codes.get(secret) ?? 0) + 1)
  codes.set(secret, step)
  return codeAt(secret, new Date(step * 30_000))
}

async function fillPassword(page: Page, address: string) {
  await page.goto(`${product.url}/sign-in`)
  await page.getByLabel('Почта').fill(address)
  await page.getByLabel(/^Пароль/).fill(password)
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
}

test(
  'a second factor is set up on the account page; then the code is asked for, and a recovery code opens once',
  async () => {
    const { page, errors } = await openScreen(browser)
    await signIn(page, product.url, 'anna@example.test', password)
    await page.goto(`${product.url}/account`)
    await page.getByRole('button', { name: 'Включить второй фактор' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Пароль', { exact: true }).fill(password)
    await dialog.getByRole('button', { name: 'Дальше' }).click()
    await dialog.getByRole('img', { name: 'Секрет в виде кода для камеры' }).waitFor()
    await expectAccessible(page, 'setting up the second factor')
    const secret = await secretOn(page)
    await dialog.getByLabel('Код, который показало приложение').fill('000000')
    await dialog.getByRole('button', { name: 'Включить' }).click()
    await dialog.getByText(/Код не подходит/).waitFor()
    await dialog.getByLabel('Код, который показало приложение').fill(freshCode(secret))
    await dialog.getByRole('button', { name: 'Включить' }).click()
    const list = dialog.getByRole('list', { name: 'Коды восстановления' }).getByRole('listitem')
    await list.first().waitFor()
    const recovery = await list.allTextContents()
    expect(recovery).toHaveLength(10)
    await expectAccessible(page, 'recovery codes')
    await dialog.getByRole('button', { name: 'Коды сохранены' }).click()
    await page.getByText(/^Включён .* Осталось 10 кодов восстановления/).waitFor()
    await page
      .getByRole('list', { name: 'Журнал входов' })
      .getByText('Второй фактор включён')
      .first()
      .waitFor()
    await expectAccessible(page, 'the account page')
    expect(errors).toEqual([])

    const other = await openScreen(browser, { width: 390, height: 844, dark: true })
    await fillPassword(other.page, 'anna@example.test')
    await other.page.getByRole('heading', { name: 'Код из приложения' }).waitFor()
    expect(await other.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    await expectAccessible(other.page, 'the code on a telephone')
    await other.page.getByLabel('Код', { exact: true }).fill(freshCode(secret))
    await other.page.getByRole('button', { name: 'Войти', exact: true }).click()
    await other.page.getByRole('navigation').first().waitFor()

    const third = await openScreen(browser)
    await fillPassword(third.page, 'anna@example.test')
    await third.page.getByLabel('Код', { exact: true }).fill(recovery[0]!)
    await third.page.getByRole('button', { name: 'Войти', exact: true }).click()
    await third.page.getByRole('navigation').first().waitFor()
    const fourth = await openScreen(browser)
    await fillPassword(fourth.page, 'anna@example.test')
    await fourth.page.getByLabel('Код', { exact: true }).fill(recovery[0]!)
    await fourth.page.getByRole('button', { name: 'Войти', exact: true }).click()
    await fourth.page.getByText(/Код не подходит/).waitFor()
  },
  patience,
)

test(
  'the head requires it of managers: whoever has none is led to it at his next sign-in and goes no other way',
  async () => {
    const { page, errors } = await openScreen(browser)
    await signIn(page, product.url, email, password)
    await page.goto(`${product.url}/settings?tab=sign-in`)
    await page.getByRole('checkbox', { name: 'Менеджер', exact: true }).check()
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByText('Сохранено').first().waitFor()
    await expectAccessible(page, 'rules of signing in')

    const his = await openScreen(browser, { width: 390, height: 844 })
    await fillPassword(his.page, 'boris@example.test')
    await his.page.getByRole('img', { name: 'Секрет в виде кода для камеры' }).waitFor()
    await expectAccessible(his.page, 'setting up at the door')
    expect(await his.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    const secret = await secretOn(his.page)
    const elsewhere = await his.page.context().newPage()
    await elsewhere.goto(`${product.url}/clients`)
    await elsewhere.getByRole('heading', { name: 'Вход' }).waitFor()
    await elsewhere.close()
    await his.page.getByLabel('Код, который показало приложение').fill(freshCode(secret))
    await his.page.getByRole('button', { name: 'Включить' }).click()
    await his.page.getByRole('button', { name: 'Коды сохранены' }).click()
    await his.page.getByRole('navigation').first().waitFor()

    await page.goto(`${product.url}/team/sign-ins`)
    const journal = page.getByRole('list', { name: 'Журнал входов' })
    await journal.getByText('Борис Чижов: Второй фактор включён').waitFor()
    await expectAccessible(page, 'the journal of sign-ins')
    await page.goto(`${product.url}/team`)
    await page.getByRole('button', { name: 'Действия: Борис Чижов' }).click()
    await page.getByRole('menuitem', { name: 'Сбросить второй фактор' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Сбросить второй фактор' }).click()
    await page.getByText('Второй фактор сброшен: Борис Чижов').waitFor()
    expect(errors).toEqual([])
  },
  patience,
)

test(
  'a session that has ended is opened again over the screen, with what was entered',
  async () => {
    const { page, errors } = await openScreen(browser)
    await signIn(page, product.url, email, password)
    await page.goto(`${product.url}/settings?tab=company`)
    const name = page.getByLabel('Название компании')
    await name.fill('Ромашка и партнёры')
    const other = await openScreen(browser)
    await signIn(other.page, product.url, email, password)
    await other.page.goto(`${product.url}/account`)
    await other.page
      .getByRole('button', { name: 'Это не я' })
      .or(other.page.getByRole('button', { name: 'Завершить' }).first())
      .first()
      .waitFor()
    await other.page.evaluate(`fetch('/api/sessions', { method: 'DELETE' })`)
    await page.getByRole('button', { name: 'Сохранить' }).click()
    const again = page.getByRole('dialog', { name: 'Сеанс закончился' })
    await again.getByLabel('Пароль', { exact: true }).fill(password)
    await expectAccessible(page, 'signing in again')
    await again.getByRole('button', { name: 'Войти', exact: true }).click()
    await again.waitFor({ state: 'detached' })
    expect(await name.inputValue()).toBe('Ромашка и партнёры')
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByText('Сохранено').first().waitFor()
    expect(errors).toEqual([])
  },
  patience,
)
