import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { colourOf } from '#web/live/person-colour.ts'
import { gridCell, launchBrowser, openScreen, pasteText, signIn } from './browser.ts'
import { addColleague, type Colleague, password } from './colleagues.ts'
import { type Client, signedIn, startProduct, type Product } from './product.ts'

const headEmail = 'head@example.test'
let product: Product
let browser: Browser
let head: Client
let vera: Colleague

beforeAll(async () => {
  product = await startProduct({ KARTOTEKA_ADMIN_EMAIL: headEmail, KARTOTEKA_ADMIN_PASSWORD: password })
  browser = await launchBrowser()
  head = await signedIn(product.url, headEmail, password)
  vera = await addColleague(product.url, head, {
    name: 'Вера Громова',
    role: 'manager',
    email: 'vera@example.test',
  })
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const clientOf = (name: string, more = {}) => head.post('/clients', { name, ownerId: vera.id, ...more })
const change = async (id: string, fields: object) => {
  const { version } = await head.get(`/clients/${id}`)
  return head.patch(`/clients/${id}`, { version, ...fields })
}

async function tableOf(email: string): Promise<{ page: Page; errors: string[] }> {
  const screen = await openScreen(browser, { width: 1900 })
  await signIn(screen.page, product.url, email, password)
  await screen.page.goto(`${product.url}/clients`)
  await screen.page.locator('canvas').first().waitFor()
  return screen
}

test('what others change, add and take away is seen in the table without a reload', async () => {
  const moon = await clientOf('ООО «Луна»')
  await clientOf('ООО «Яшма»')
  const { page, errors } = await tableOf(vera.email)
  await gridCell(page, 'ООО «Луна»').waitFor({ state: 'attached' })
  await change(moon.id, { comment: 'Звонили из банка' })
  await gridCell(page, 'Звонили из банка').waitFor({ state: 'attached' })
  // To its place in the order of names, and the total follows.
  await clientOf('ООО «Рубин»')
  await gridCell(page, 'ООО «Рубин»').waitFor({ state: 'attached' })
  const names = await page.locator('[role="gridcell"][aria-colindex="1"]').allTextContents()
  expect(names.filter((name) => name.startsWith('ООО'))).toEqual(['ООО «Луна»', 'ООО «Рубин»', 'ООО «Яшма»'])
  const me = await head.get('/me')
  await change(moon.id, { ownerId: me.id })
  await gridCell(page, 'ООО «Луна»').waitFor({ state: 'detached' })
  expect(errors).toEqual([])
})

test('an open card follows: fields, timeline, and the client that is handed over leaves the screen', async () => {
  const client = await clientOf('ООО «Сталь»', { stage: 'Переговоры' })
  const { page, errors } = await tableOf(vera.email)
  await page.goto(`${product.url}/clients/${client.id}`)
  const card = page.getByRole('dialog', { name: 'ООО «Сталь»' })
  await card.waitFor()
  await change(client.id, { comment: 'Просят скидку' })
  await card.getByText('Просят скидку').waitFor()
  await head.post('/activities', { clientId: client.id, kind: 'note', text: 'Счёт выставлен' })
  await card.getByText('Счёт выставлен').waitFor()
  const me = await head.get('/me')
  await change(client.id, { ownerId: me.id })
  await page.getByText('ООО «Сталь»').first().waitFor({ state: 'detached' })
  expect(errors).toEqual([])
})

const fieldOf = (page: Page, label: string) =>
  page.getByRole('dialog').getByRole('button', { name: new RegExp(`^${label}`) })
const cardOf = async (page: Page, client: { id: string; name: string }) => {
  await page.goto(`${product.url}/clients/${client.id}`)
  const card = page.getByRole('dialog', { name: client.name })
  await card.waitFor()
  return card
}

test('two people in one card see each other; the same field is asked, each value in words; different fields both win', async () => {
  const client = await clientOf('ООО «Двое»', { comment: 'Старое' })
  const first = await tableOf(vera.email)
  const second = await tableOf(headEmail)
  const hers = await cardOf(first.page, client)
  const his = await cardOf(second.page, client)
  await his.getByRole('img', { name: 'Сейчас здесь: Вера Громова' }).waitFor()
  await fieldOf(first.page, 'Комментарий').click()
  await his.getByText('Вера Громова', { exact: true }).first().waitFor()
  await first.page.getByRole('textbox', { name: 'Комментарий' }).fill('Её слово')
  await fieldOf(second.page, 'Комментарий').click()
  await second.page.getByRole('textbox', { name: 'Комментарий' }).fill('Его слово')
  await second.page.keyboard.press('Enter')
  await his.getByText('Его слово').waitFor()
  // She has heard of it by now; what she typed is hers all the same, and she is asked.
  await pause(1_000)
  await first.page.keyboard.press('Enter')
  const asked = first.page.getByRole('dialog', { name: 'Поле уже изменили' })
  for (const value of ['Её слово', 'Его слово', 'Старое']) await asked.getByText(value).waitFor()
  await asked.getByRole('radio', { name: /Как было/ }).check()
  await asked.getByRole('button', { name: 'Оставить выбранное' }).click()
  await his.getByText('Старое').waitFor()
  await Promise.all([
    change(client.id, { region: 'Тверь' }),
    (async () => {
      await fieldOf(first.page, 'ИНН').click()
      await first.page.getByRole('textbox', { name: 'ИНН' }).fill('7707083893')
      await first.page.keyboard.press('Enter')
    })(),
  ])
  for (const card of [hers, his]) {
    await card.getByText('Тверь').waitFor()
    await card.getByText('7707083893').waitFor()
  }
  expect([...first.errors, ...second.errors]).toEqual([])
})

test('a contact others change while its form is open: what she left alone is theirs, what both changed is asked', async () => {
  const phone = { kind: 'phone', value: '8 495 700-11-22', label: 'рабочий' }
  const client = await clientOf('ООО «Телефон»', { contacts: [phone] })
  const { page, errors } = await tableOf(vera.email)
  const card = await cardOf(page, client)
  const [{ id }] = (await head.get(`/clients/${client.id}`)).contacts
  const formOf = async () => {
    await card.getByText(/700-11-/).hover()
    await card.getByRole('group', { name: 'Контакты' }).getByRole('button', { name: 'Изменить' }).click()
    return card.getByRole('textbox', { name: 'Номер, адрес или ссылка' })
  }
  await formOf()
  await card.getByRole('textbox', { name: 'Примечание' }).fill('после обеда')
  await change(client.id, { contacts: [{ id, ...phone, value: '8 495 700-11-33' }], comment: 'Новый номер' })
  await card.getByText('Новый номер').waitFor()
  await page.keyboard.press('Enter')
  await card.getByText('после обеда').waitFor()
  await card.getByText(/700-11-33/).waitFor()
  const value = await formOf()
  await value.fill('8 495 700-11-44')
  await change(client.id, { contacts: [{ id, ...phone, value: '8 495 700-11-55' }], comment: 'Ещё новее' })
  await card.getByText('Ещё новее').waitFor()
  await page.keyboard.press('Enter')
  const asked = page.getByRole('dialog', { name: 'Поле уже изменили' })
  for (const number of ['33', '44', '55']) await asked.getByText(new RegExp(`700-11-${number}`)).waitFor()
  await asked.getByRole('radio', { name: /Моё/ }).check()
  await asked.getByRole('button', { name: 'Оставить выбранное' }).click()
  // Shown at once, saved a moment later.
  await expect
    .poll(async () => (await head.get(`/clients/${client.id}`)).contacts)
    .toMatchObject([{ id, value: '8 495 700-11-44', note: 'после обеда' }])
  expect(errors).toEqual([])
})

test('without a line edits wait, are seen to wait, survive a reload and go out in order, once', async () => {
  const client = await clientOf('ООО «Обрыв»')
  const { page } = await tableOf(vera.email)
  const card = await cardOf(page, client)
  await page.context().setOffline(true)
  for (const text of ['Раз', 'Два']) {
    await fieldOf(page, 'Комментарий').click()
    await page.getByRole('textbox', { name: 'Комментарий' }).fill(text)
    await page.keyboard.press('Enter')
    await card.getByText(text).waitFor()
  }
  await card.getByRole('button', { name: 'Добавить контакт', exact: true }).click()
  await card.locator('form input[inputmode=tel]').fill('8 495 700-11-22')
  await page.keyboard.press('Enter')
  await card.getByRole('img', { name: 'Ждёт связи' }).first().waitFor()
  await page.getByRole('status').getByText('Нет связи: 3 правки ждут').waitFor()
  await change(client.id, { region: 'Казань' })
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'PATCH') sent.push(request.postData() ?? '')
  })
  await page.context().setOffline(false)
  await page.reload()
  await page.getByText(/правк. жд/).waitFor({ state: 'detached' })
  const contacts = async () => (await head.get(`/clients/${client.id}`)).contacts.length
  await expect.poll(contacts).toBe(1)
  expect(await head.get(`/clients/${client.id}`)).toMatchObject({ comment: 'Два', region: 'Казань' })
  const { items } = await head.get(`/clients/${client.id}/history`)
  expect(items.filter(({ after }: { after: { comment?: string } | null }) => after?.comment).length).toBe(2)
  await page.getByRole('dialog').getByText('Казань').waitFor()
})

test('in the table a colleague is seen in his cell, by frame and name, and on the card by who opens it', async () => {
  const client = await clientOf('ООО «Клетка»', { stage: 'Переговоры' })
  const first = await tableOf(vera.email)
  const second = await tableOf(headEmail)
  await first.page.goto(`${product.url}/clients?search=${encodeURIComponent('Клетка')}`)
  await second.page.goto(`${product.url}/clients?search=${encodeURIComponent('Клетка')}`)
  for (const { page } of [first, second]) await gridCell(page, 'ООО «Клетка»').waitFor({ state: 'attached' })
  await second.page.waitForTimeout(500)
  const coloured = () => pixelsOf(second.page, colourOf(vera.id))
  expect(await coloured()).toBe(0)
  await goTo(first.page, 'Стадия')
  await expect.poll(coloured).toBeGreaterThan(100)
  await first.page.goto(`${product.url}/reports/contact-info`)
  await expect.poll(coloured).toBe(0)
  await first.page.goto(`${product.url}/clients/${client.id}`)
  await expect.poll(coloured).toBeGreaterThan(100)
  expect([...first.errors, ...second.errors]).toEqual([])
})

test('a cell written without a line waits, survives a reload and goes out', async () => {
  const client = await clientOf('ООО «Ждущий»', { stage: 'Договор' })
  const { page } = await tableOf(vera.email)
  await page.goto(`${product.url}/clients?search=${encodeURIComponent('Ждущий')}`)
  await gridCell(page, 'ООО «Ждущий»').waitFor({ state: 'attached' })
  await goTo(page, 'Регион')
  await chunksOf(page, 'write-cells', 'read-clipboard')
  await page.context().setOffline(true)
  await page.keyboard.press('Enter')
  await page.locator('#portal textarea').fill('Омск')
  await page.keyboard.press('Enter')
  await gridCell(page, 'Омск').waitFor({ state: 'attached' })
  await page.getByRole('status').getByText('Нет связи: 1 правка ждёт').waitFor()
  await page.context().setOffline(false)
  await page.reload()
  await gridCell(page, 'Омск').waitFor({ state: 'attached' })
  await page.getByText('правка ждёт').waitFor({ state: 'detached' })
  expect(await head.get(`/clients/${client.id}`)).toMatchObject({ region: 'Омск', stage: 'Договор' })
})

test('rows pasted below the last one without a line wait and are made once', async () => {
  const client = await clientOf('ООО «Последний»')
  const { page, errors } = await tableOf(vera.email)
  await page.goto(`${product.url}/clients?search=${encodeURIComponent('Последний')}`)
  await gridCell(page, client.name).waitFor({ state: 'attached' })
  await goTo(page, 'Наименование')
  await page.keyboard.press('ArrowDown')
  await chunksOf(page, 'write-cells', 'read-clipboard', 'confirm', 'ModalStack')
  await page.context().setOffline(true)
  await pasteText(page, 'ООО «Последний первый»\nООО «Последний второй»')
  await page.getByRole('dialog').getByRole('button', { name: 'Создать' }).click()
  await page.getByRole('status').getByText('Нет связи: 1 правка ждёт').waitFor()
  await page.context().setOffline(false)
  await page.reload()
  await page.getByText('правка ждёт').waitFor({ state: 'detached' })
  for (const name of ['ООО «Последний первый»', 'ООО «Последний второй»'])
    await gridCell(page, name).waitFor({ state: 'attached' })
  const { items } = await head.get(`/clients?search=${encodeURIComponent('Последний')}`)
  expect(items).toHaveLength(3)
  expect(errors).toEqual([])
})

/** Waits for parts of the screens that are downloaded when a cell is first entered. */
const chunksOf = (page: Page, ...names: string[]) =>
  page.waitForFunction(
    `${JSON.stringify(names)}.every((part) => performance.getEntriesByType('resource').some(({ name, responseEnd }) =>
      name.includes('/' + part + '-') && name.endsWith('.js') && responseEnd > 0))`,
  )

/** Goes to a cell of the only row by the keyboard. */
async function goTo(page: Page, title: string) {
  const box = (await page.locator('canvas').first().boundingBox())!
  await page.mouse.click(box.x + 260, box.y + 34 + 17)
  const header = page.locator('[role="columnheader"]').filter({ hasText: title })
  const at = Number(await header.getAttribute('aria-colindex')) - 1
  await page.keyboard.press('Home')
  for (let step = 0; step < at; step++) await page.keyboard.press('ArrowRight', { delay: 15 })
  await page.locator(`#glide-cell-${at + 1}-0[aria-selected="true"]`).waitFor({ state: 'attached' })
}

/** How many pixels of the table have exactly this colour. */
const pixelsOf = (page: Page, colour: string) =>
  page.evaluate<number>(`(() => {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt('${colour}'.slice(at, at + 2), 16))
    const canvas = document.querySelector('canvas[data-testid="data-grid-canvas"]')
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    let found = 0
    for (let at = 0; at < data.length; at += 4) if (data[at] === r && data[at + 1] === g && data[at + 2] === b) found++
    return found
  })()`)

test('ten tabs of a browser keep one stream; the tab that keeps it may be closed', async () => {
  const client = await clientOf('ООО «Десять»')
  const { page, errors } = await tableOf(vera.email)
  const streams = countStreams(page.context())
  await page.goto(`${product.url}/clients`)
  const tabs = [page]
  for (let n = 0; n < 9; n++) tabs.push(await page.context().newPage())
  await Promise.all(tabs.slice(1).map((tab) => tab.goto(`${product.url}/clients`)))
  for (const tab of tabs) await gridCell(tab, 'ООО «Десять»').waitFor({ state: 'attached', timeout: 60_000 })
  await pause(1_000)
  expect(streams.size).toBe(1)
  await change(client.id, { comment: 'Всем вкладкам' })
  for (const tab of tabs) await gridCell(tab, 'Всем вкладкам').waitFor({ state: 'attached' })
  const keeper = [...streams.values()][0]!
  await keeper.close()
  const rest = tabs.filter((tab) => tab !== keeper)
  await change(client.id, { comment: 'Оставшимся' })
  for (const tab of rest) await gridCell(tab, 'Оставшимся').waitFor({ state: 'attached' })
  expect(streams.size).toBe(1)
  expect(errors).toEqual([])
})

/** Streams open now, each with the tab that keeps it. */
function countStreams(context: BrowserContext): Map<unknown, Page> {
  const open = new Map<unknown, Page>()
  context.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/stream') open.set(request, request.frame().page())
  })
  context.on('requestfinished', (request) => open.delete(request))
  context.on('requestfailed', (request) => open.delete(request))
  const forget = (page: Page) =>
    page.on('close', () => {
      for (const [request, keeper] of open) if (keeper === page) open.delete(request)
    })
  context.pages().forEach(forget)
  context.on('page', forget)
  return open
}
