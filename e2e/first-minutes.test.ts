import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, gridCell, launchBrowser, openScreen, signIn } from './browser.ts'
import { officeAddress, startProduct, type Product } from './product.ts'

let product: Product
let browser: Browser

beforeAll(async () => {
  product = await startProduct()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

test('a head sets the product up, enters a client, corrects a cell and finds him', async () => {
  const { page, errors } = await openScreen(browser)
  await page.goto(product.url)
  await page.getByLabel('Название компании').fill('ООО «Заря»')
  await expectAccessible(page, 'wizard')
  await page.getByRole('button', { name: 'Дальше' }).click()
  await page.getByLabel('Имя и фамилия').fill('Анна Головина')
  await page.getByLabel('Почта').fill('head@example.test')
  await page.getByLabel(/^Пароль/).fill('correct horse battery')
  await page.getByRole('button', { name: 'Создать базу' }).click()
  await page.getByRole('button', { name: 'Дальше' }).click()
  await page.getByText('Пока без таблиц').click()
  await page.getByRole('navigation').first().waitFor()
  await expectAccessible(page, 'first screen of an empty base')

  await page.goto(`${product.url}/clients`)
  await page.getByText('В базе пока никого нет').waitFor()
  await page.getByRole('button', { name: 'Новый клиент' }).click()
  await page.getByLabel('Наименование').fill('ООО «Ромашка»')
  await page.getByLabel('Телефон').fill('8 (495) 236-17-42 доб 5')
  await page.getByText('+7 (495) 236-17-42 доб. 5').waitFor()
  await expectAccessible(page, 'new client')
  await page.getByRole('button', { name: 'Создать' }).click()

  const card = page.getByRole('dialog', { name: 'ООО «Ромашка»' })
  await card.waitFor()
  await card.getByText('Не хватает: почта').waitFor()
  await expectAccessible(page, 'card')
  await card.getByRole('button', { name: 'Добавить контакт', exact: true }).click()
  await card.getByRole('combobox', { name: 'Тип контакта' }).click()
  await page.getByRole('option', { name: 'Почта' }).click()
  await card.getByPlaceholder('Номер, адрес или ссылка').fill('info@romashka-example,ru')
  await card.getByRole('button', { name: 'Сохранить' }).click()
  await card.getByText('Заполнено полностью').waitFor()
  await card.getByText('info@romashka-example.ru').waitFor()
  await card.getByRole('button', { name: /^Регион/ }).click()
  await card.getByLabel('Регион').fill('Тверская область')
  await page.keyboard.press('Enter')
  await card.getByText('Тверская область').waitFor()
  await card.getByRole('button', { name: 'Закрыть карточку' }).click()

  await page.getByLabel('Найти в базе').fill('hjvfirf')
  await page.waitForURL(/search=/)
  await gridCell(page, 'ООО «Ромашка»').waitFor({ state: 'attached' })
  await page.getByLabel('Найти в базе').fill('такого нет')
  await page.getByText('Никого не нашлось').waitFor()
  expect(errors).toEqual([])
})

test('the head opens the office network, invites a manager, and he works from another computer over plain http', async (context) => {
  const office = officeAddress()
  if (!office) return context.skip('this computer is in no network')
  const head = await openScreen(browser)
  await signIn(head.page, product.url, 'head@example.test', 'correct horse battery')
  await head.page.goto(`${product.url}/settings`)
  await head.page.getByRole('tab', { name: 'Доступ по сети' }).click()
  const door = head.page.getByRole('switch', { name: 'Пускать коллег из сети офиса' })
  await door.waitFor()
  if (!(await door.isChecked())) await door.click()
  const address = head.page.getByLabel('Адрес для коллег').first()
  await address.waitFor()
  expect(await address.inputValue()).toContain(`http://`)
  const invited = await head.page.evaluate(async () => {
    const response = await fetch('/api/users', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'manager@example.test', name: 'Иван Новиков', role: 'manager' }),
    })
    return (await response.json()) as { link: string }
  })
  const link = new URL(invited.link)

  const manager = await openScreen(browser)
  await manager.page.goto(`http://${office}:${new URL(product.url).port}${link.pathname}`)
  await manager.page.getByLabel('Придумайте пароль').fill('another horse battery')
  await manager.page.getByRole('button', { name: 'Сохранить и войти' }).click()
  await manager.page.getByRole('navigation').first().waitFor()
  expect(await manager.page.evaluate('isSecureContext')).toBe(false)
  await manager.page.getByRole('link', { name: 'База' }).click()
  await manager.page.getByText('В базе пока никого нет').waitFor()
  await manager.page.getByRole('button', { name: 'Новый клиент' }).click()
  await manager.page.getByLabel('Наименование').fill('Ромашка')
  await manager.page.getByLabel('Телефон').fill('495 236-17-42, доб. 5')
  await manager.page.getByText('Похоже, такой клиент уже есть').waitFor()
  await manager.page.getByText('Карточка вам не видна').first().waitFor()
  await manager.page.getByRole('button', { name: 'Создать' }).click()
  const card = manager.page.getByRole('dialog', { name: 'Ромашка' })
  await card.getByRole('button', { name: 'Копировать' }).first().click()
  await manager.page.getByText('Скопировано').waitFor()
  expect(manager.errors).toEqual([])

  const again = await openScreen(browser)
  await again.page.goto(`http://${office}:${new URL(product.url).port}${link.pathname}`)
  await again.page.getByText('Ссылка уже не действует').waitFor()
})
