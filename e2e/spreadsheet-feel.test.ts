import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { expectAccessible, gridCell, launchBrowser, openScreen, pasteText, signIn } from './browser.ts'
import { type Client, officeAddress, type Product, signedIn, startProduct } from './product.ts'

const email = 'head@example.test'
const password = 'correct horse battery'
const names = ['Астра', 'Берёза', 'Вишня', 'Груша', 'Дуб']
let product: Product
let browser: Browser
let head: Client
/** By the address colleagues use: plain http, where the browser's newer clipboard is closed. */
let url: string

beforeAll(async () => {
  const settings = { KARTOTEKA_ADMIN_EMAIL: email, KARTOTEKA_ADMIN_PASSWORD: password, HOST: '0.0.0.0' }
  product = await startProduct(settings)
  browser = await launchBrowser()
  head = await signedIn(product.url, email, password)
  url = `http://${officeAddress() ?? '127.0.0.1'}:${new URL(product.url).port}`
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

/** Five clients of a region of their own, shown by a filter. */
let region = 0
beforeEach(async () => {
  region++
  const creates = names.map((name, at) => ({
    cells: {
      name: `${name} ${region}`,
      region: `Край ${region}`,
      comment: at < 2 ? `заметка ${at + 1}` : '',
    },
  }))
  await head.post('/clients/cells', { creates })
})

async function openTable() {
  const { page, errors } = await openScreen(browser, { width: 1500 })
  await signIn(page, url, email, password)
  const where = JSON.stringify([{ field: 'region', op: 'starts', value: `Край ${region}` }])
  await page.goto(`${url}/clients?sort=name&where=${encodeURIComponent(where)}`)
  await gridCell(page, `Астра ${region}`).waitFor({ state: 'attached' })
  return { page, errors }
}

/** Goes to a cell by the keyboard: rows and columns as they stand. */
async function goTo(page: Page, title: string, row: number) {
  const header = page.locator('[role="columnheader"]').filter({ hasText: title })
  const box = (await page.locator('canvas').first().boundingBox())!
  await page.mouse.click(box.x + 260, box.y + 34 + 17)
  await press(page, 'Control+Home', 'End')
  // The table for those who listen holds what is in sight and does not count the check boxes among the headers.
  const at = Number(await header.getAttribute('aria-colindex')) - 1
  await press(page, 'Home')
  for (let step = 0; step < at; step++) await press(page, 'ArrowRight')
  for (let step = 0; step < row; step++) await press(page, 'ArrowDown')
  await page.locator(`#glide-cell-${at + 1}-${row}[aria-selected="true"]`).waitFor({ state: 'attached' })
}

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key, { delay: 15 })
}

/** Does it and waits for the one request it is. */
async function written(page: Page, act: () => Promise<unknown>) {
  const answer = page.waitForResponse((response) => response.url().endsWith('/api/clients/cells'))
  await act()
  const response = await answer
  expect(response.status()).toBe(200)
  return response.json()
}

const rows = async () =>
  (
    await head.get(
      `/clients?sort=name&where=${encodeURIComponent(JSON.stringify([{ field: 'name', op: 'contains', value: ` ${region}` }]))}`,
    )
  ).items as Record<string, string | null>[]
const comments = async () => (await rows()).map(({ comment }) => comment)

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'clipboards', name), 'utf8')

test('a range is copied, pasted, filled down and cleared, each one act, over plain http', async () => {
  const { page, errors } = await openTable()
  expect(await page.evaluate('isSecureContext')).toBe(url.includes('127.0.0.1'))
  await goTo(page, 'Комментарий', 0)
  await press(page, 'Shift+ArrowDown', 'Control+c', 'ArrowDown', 'ArrowDown')
  const pasted = await written(page, () => press(page, 'Control+v'))
  expect(pasted.cells.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['written', 'written'])
  expect(await comments()).toEqual(['заметка 1', 'заметка 2', 'заметка 1', 'заметка 2', null])

  // The pasted range stays selected: filled down from its first row with the row below it.
  await press(page, 'Shift+ArrowDown')
  await written(page, () => press(page, 'Control+d'))
  expect((await comments()).slice(2)).toEqual(['заметка 1', 'заметка 1', 'заметка 1'])

  await written(page, () => press(page, 'Delete'))
  expect(await comments()).toEqual(['заметка 1', 'заметка 2', null, null, null])

  // One cell over a whole range.
  await goTo(page, 'Комментарий', 1)
  await press(page, 'Control+c', 'Shift+ArrowDown', 'Shift+ArrowDown')
  await written(page, () => press(page, 'Control+v'))
  expect(await comments()).toEqual(['заметка 1', 'заметка 2', 'заметка 2', 'заметка 2', null])

  // Cut: gone from where it was in the same act.
  await goTo(page, 'Комментарий', 0)
  await press(page, 'Control+x', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown')
  await written(page, () => press(page, 'Control+v'))
  expect(await comments()).toEqual([null, 'заметка 2', 'заметка 2', 'заметка 2', 'заметка 1'])
  const { items } = await head.get('/change-sets?limit=5')
  const acts = items.map(({ act }: { act: string }) => act)
  expect(acts).toEqual(['cells.paste', 'cells.paste', 'cells.clear', 'cells.fill', 'cells.paste'])
  expect(errors).toEqual([])
})

test('a range of LibreOffice Calc pastes cell for cell; rows below the last one become clients once confirmed', async () => {
  const { page, errors } = await openTable()
  await goTo(page, 'Наименование', names.length)
  await pasteText(page, fixture('calc-plain.txt'), fixture('calc-html.txt'))
  const dialog = page.getByRole('dialog', { name: 'Создать новых клиентов?' })
  await dialog.waitFor()
  const { created } = await written(page, () => dialog.getByRole('button', { name: 'Создать' }).click())
  expect(created.filter(({ id }: { id: string | null }) => id !== null)).toHaveLength(4)
  const { items } = await head.get(`/clients?search=${encodeURIComponent('Ромашка')}`)
  const phones = items[0].contacts.filter(({ kind }: { kind: string }) => kind === 'phone')
  expect(phones.map(({ normalized }: { normalized: string }) => normalized)).toEqual([
    '+74957001122',
    '+79161234567',
  ])
  await gridCell(page, 'ООО «Ромашка»').waitFor({ state: 'attached' })
  // The row without a name was refused and says so.
  await page
    .getByRole('region', { name: 'Незаписанные ячейки' })
    .getByText('Без наименования')
    .first()
    .waitFor()
  expect(errors).toEqual([])
})

test('a cell that cannot be written is marked, says why, and leads back to itself; the good ones are written', async () => {
  await head.post('/choices', { field: 'stage', name: `Переговоры ${region}` })
  const { page, errors } = await openTable()
  await goTo(page, 'Стадия', 0)
  const { cells } = await written(page, () => pasteText(page, `Переговоры ${region}\nВыдуманная`))
  expect(cells.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['written', 'refused'])
  expect((await rows()).map(({ stage }) => stage).slice(0, 2)).toEqual([`Переговоры ${region}`, null])
  const panel = page.getByRole('region', { name: 'Незаписанные ячейки' })
  await panel.getByText('Не записана 1 ячейка').waitFor()
  const entry = panel.getByRole('button', { name: 'Значения «Выдуманная» нет в списке' })
  await expectAccessible(page, 'table with a refused cell')
  await entry.focus()
  await press(page, 'Enter')
  // The cell is selected again: what is typed goes there.
  const again = await written(page, async () => {
    await pasteText(page, `переговоры ${region}`)
  })
  expect(again.cells).toEqual([{ index: 0, outcome: 'written' }])
  await panel.waitFor({ state: 'detached' })
  expect(errors).toEqual([])
})

test('keys are those of a spreadsheet, on a Russian layout too; undo takes the last act back', async () => {
  const { page, errors } = await openTable()
  await goTo(page, 'Комментарий', 0)
  // Ctrl and an arrow go to the end of what is filled; F2 edits, Enter goes down, Shift+Enter up.
  await press(page, 'Control+ArrowDown', 'F2')
  await page.keyboard.type(' ещё', { delay: 30 })
  await written(page, () => press(page, 'Enter'))
  expect((await comments())[1]).toBe('заметка 2 ещё')
  await press(page, 'F2')
  await page.keyboard.type('третья', { delay: 30 })
  await written(page, () => press(page, 'Shift+Enter'))
  // Back up on the second row: Ctrl+D by the key's place, as «в» of a Russian layout.
  await press(page, 'Shift+ArrowDown')
  await written(page, () =>
    page.evaluate(
      `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'в', code: 'KeyD', keyCode: 68, ctrlKey: true, bubbles: true, cancelable: true }))`,
    ),
  )
  expect((await comments()).slice(0, 3)).toEqual(['заметка 1', 'заметка 2 ещё', 'заметка 2 ещё'])
  await press(page, 'Control+z')
  await expect.poll(async () => (await comments())[2]).toBe('третья')
  expect(errors).toEqual([])
})

test('a field is changed for everything a filter shows, counted first', async () => {
  const { page, errors } = await openTable()
  await page.getByRole('button', { name: 'Изменить у всех под фильтром' }).click()
  const dialog = page.getByRole('dialog', { name: 'Изменить у многих' })
  await dialog.getByRole('combobox', { name: 'Что изменить' }).fill('Категории')
  await page.getByRole('option', { name: 'Категории' }).click()
  await dialog.getByLabel('Значение').fill('весна')
  await press(page, 'Enter', 'Tab')
  await expectAccessible(page, 'bulk edit')
  await dialog.getByRole('button', { name: 'Изменить у 5 клиентов' }).click()
  await dialog.getByText('Изменено 5 клиентов.').waitFor()
  await dialog.getByRole('button', { name: 'Закрыть' }).last().click()
  expect((await rows()).map(({ categories }) => categories)).toEqual(names.map(() => ['весна']))
  expect((await head.get('/change-sets?limit=1')).items[0].act).toBe('client.bulk-edit')
  expect(errors).toEqual([])
})

test('menus freeze columns and filter by a value; a drawn corner fills', async () => {
  const { page, errors } = await openTable()
  await goTo(page, 'Комментарий', 0)
  await press(page, 'Shift+F10')
  const menu = page.getByRole('menu')
  await menu.waitFor()
  await expectAccessible(page, 'menu of a cell')
  await menu.getByRole('menuitem', { name: 'Закрепить до этого столбца' }).click()
  expect(await page.evaluate(`JSON.parse(localStorage.getItem('clients.columns')).frozen`)).toBe(8)
  await page.evaluate(`localStorage.removeItem('clients.columns')`)
  await page.reload()
  await gridCell(page, `Астра ${region}`).waitFor({ state: 'attached' })

  // The corner of the first region, drawn three rows down.
  await goTo(page, 'Почта', 0)
  await written(page, () => pasteText(page, 'a@example.ru'))
  const cell = (await page
    .locator('[role="columnheader"]')
    .filter({ hasText: 'Почта' })
    .getAttribute('aria-colindex'))!
  const right = await page.evaluate(`(() => {
    const widths = { 0: 36, 1: 238, 2: 182, 3: 182 }
    return [0, 1, 2, 3].reduce((sum, at) => sum + widths[at], 0)
  })()`)
  expect(cell).toBe('3')
  const box = (await page.locator('canvas').first().boundingBox())!
  const corner = { x: box.x + Number(right) - 3, y: box.y + 34 + 34 - 3 }
  await page.mouse.move(corner.x, corner.y)
  await page.mouse.down()
  await page.mouse.move(corner.x - 20, corner.y + 34, { steps: 4 })
  await page.mouse.move(corner.x - 20, corner.y + 68, { steps: 4 })
  const filled = await written(page, () => page.mouse.up())
  expect(filled.cells).toHaveLength(2)

  await goTo(page, 'Комментарий', 1)
  await press(page, 'Shift+F10')
  await menu.getByRole('menuitem', { name: 'Отобрать по этому значению' }).click()
  await page.getByText('Комментарий: заметка 2').waitFor()
  await gridCell(page, `Астра ${region}`).waitFor({ state: 'detached' })
  expect(errors).toEqual([])
})

test('rows that are not loaded yet are copied too, over plain http', async () => {
  const creates = Array.from({ length: 450 }, (_, at) => ({
    cells: { name: `Ясень ${region} ${at}`, region: `Край ${region}` },
  }))
  await head.post('/clients/cells', { creates })
  const { page, errors } = await openTable()
  await goTo(page, 'Наименование', 0)
  await press(page, 'Control+a', 'Control+c')
  const copied = page.getByText('Скопировано 455 строк')
  const ready = page.getByText('Готово 455 строк')
  await copied.or(ready).waitFor()
  // Where the browser wants one more click, it is asked for.
  if (await ready.isVisible()) await page.getByRole('button', { name: 'Копировать' }).click()
  await page.evaluate(
    `window.addEventListener('paste', (event) => { window.pasted = event.clipboardData.getData('text/plain') }, true)`,
  )
  await page.getByLabel('Найти в базе').focus()
  await press(page, 'Control+v')
  await page.waitForFunction('window.pasted')
  const lines = String(await page.evaluate('window.pasted')).split('\n')
  expect(lines).toHaveLength(455)
  expect(lines.at(-1)).toContain('Ясень')
  expect(errors).toEqual([])
})

test('a cell somebody changed while it was being edited is asked about, with what stood there before', async () => {
  const { page, errors } = await openTable()
  await goTo(page, 'Комментарий', 0)
  await press(page, 'F2')
  await page.keyboard.type(' моя', { delay: 30 })
  const [first] = await rows()
  await head.patch(`/clients/${first!.id}`, { version: first!.version, comment: 'чужая' })
  await written(page, () => press(page, 'Enter'))
  const dialog = page.getByRole('dialog', { name: 'Ячейку уже изменили' })
  await dialog.getByRole('cell', { name: 'чужая' }).waitFor()
  await dialog.getByRole('cell', { name: 'заметка 1', exact: true }).waitFor()
  await expectAccessible(page, 'conflict of a cell')
  await dialog.getByText('Моё', { exact: true }).click()
  await written(page, () => dialog.getByRole('button', { name: 'Оставить выбранное' }).click())
  expect((await comments())[0]).toBe('заметка 1 моя')
  expect(errors).toEqual([])
})
