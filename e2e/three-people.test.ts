import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gridCell, launchBrowser, openScreen, signIn } from './browser.ts'
import { addColleague, type Colleague, password } from './colleagues.ts'
import { type Client, signedIn, startProduct, type Product } from './product.ts'

const headEmail = 'head@example.test'
const pasted = 2_000
let product: Product
let browser: Browser
let head: Client
let vera: Colleague
let boris: Colleague

beforeAll(async () => {
  product = await startProduct({ KARTOTEKA_ADMIN_EMAIL: headEmail, KARTOTEKA_ADMIN_PASSWORD: password })
  browser = await launchBrowser()
  head = await signedIn(product.url, headEmail, password)
  const add = (name: string, email: string) =>
    addColleague(product.url, head, { name, role: 'manager', email })
  vera = await add('Вера Громова', 'vera@example.test')
  boris = await add('Борис Липов', 'boris@example.test')
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

async function openCard(email: string, id: string): Promise<Page> {
  const { page } = await openScreen(browser, { width: 1900 })
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/clients/${id}`)
  await page.getByRole('dialog').waitFor()
  return page
}

async function edit(page: Page, label: string, text: string) {
  await page
    .getByRole('dialog')
    .getByRole('button', { name: new RegExp(`^${label}`) })
    .click()
  await page.getByRole('dialog').getByLabel(label, { exact: true }).fill(text)
  await page.keyboard.press('Enter')
}

/** A program that writes without pause and remembers what it was told is written. */
function writeOn(client: Client, id: string) {
  const acknowledged: string[] = []
  let going = true
  const work = (async () => {
    for (let n = 0; going; n++) {
      const text = `Борис ${n}`
      try {
        const { version } = await client.get(`/clients/${id}`)
        await client.patch(`/clients/${id}`, { version, fullName: text })
        acknowledged.push(text)
      } catch {
        // Not acknowledged: it may be there or not.
        await pause(50)
      }
      await pause(30)
    }
  })()
  return {
    acknowledged,
    end: async () => {
      going = false
      await work
    },
  }
}

test('three people at once, a paste of two thousand rows, a lost line and a killed server: all come to the same, nothing acknowledged is missing, nobody sees a foreign client', async () => {
  const program = await signedIn(product.url, boris.email, password)
  const foreign = await program.post('/clients', { name: 'Тайный клиент Бориса', comment: 'тайна' })
  const shared = await head.post('/clients', {
    name: 'ООО «Общее дело»',
    ownerId: vera.id,
    managerIds: [boris.id],
  })
  const hers = await openCard(vera.email, shared.id)
  const his = await openCard(headEmail, shared.id)
  const heard: string[] = []
  for (const page of [hers]) page.on('response', (response) => void keepText(response, heard))

  // Different fields of one client, by three people and in one moment.
  const writing = writeOn(program, shared.id)
  await Promise.all([edit(hers, 'Регион', 'Тверь'), edit(his, 'Источник', 'Выставка')])
  // Meanwhile two thousand rows come from a clipboard.
  const rows = Array.from({ length: pasted }, (_, n) => ({
    cells: { name: `ООО «Строка ${n}»`, owner: vera.id, phone: `8 495 000-${String(n).padStart(4, '0')}` },
  }))
  const paste = head.post('/clients/cells', { act: 'cells.paste', creates: rows })
  await edit(hers, 'Стадия', 'Переговоры')
  const { created } = await paste
  expect(created.filter(({ id }: { id: string | null }) => id).length).toBe(pasted)

  // Her line is lost: what she writes waits. The server is killed and comes back; his line and the program's are lost with it.
  await hers.context().setOffline(true)
  await edit(hers, 'Комментарий', 'Написано без связи')
  await hers.getByRole('status').getByText('Нет связи: 1 правка ждёт').waitFor()
  await product.crash()
  await edit(his, 'ИНН', '7707083893')
  await hers.context().setOffline(false)
  await hers.getByText(/правк. жд/).waitFor({ state: 'detached' })
  await pause(500)
  await writing.end()
  expect(writing.acknowledged.length).toBeGreaterThan(10)

  // The same field: the later one is asked.
  await his
    .getByRole('dialog')
    .getByRole('button', { name: /^Комментарий/ })
    .click()
  await his.getByRole('textbox', { name: 'Комментарий' }).fill('Слово руководителя')
  await edit(hers, 'Комментарий', 'Слово Веры')
  await hers.getByText('Слово Веры').waitFor()
  await pause(500)
  await his.keyboard.press('Enter')
  const asked = his.getByRole('dialog', { name: 'Поле уже изменили' })
  await asked.getByText('Слово Веры').waitFor()
  await asked.getByRole('button', { name: 'Всюду моё' }).click()

  const last = writing.acknowledged.at(-1)!
  for (const page of [hers, his]) {
    const card = page.getByRole('dialog')
    for (const value of ['Тверь', 'Выставка', 'Переговоры', '7707083893', 'Слово руководителя', last])
      await card.getByText(value, { exact: true }).first().waitFor()
  }
  const now = await program.get(`/clients/${shared.id}`)
  expect(now).toMatchObject({
    region: 'Тверь',
    source: 'Выставка',
    stage: 'Переговоры',
    inn: '7707083893',
    comment: 'Слово руководителя',
    fullName: last,
  })
  const written = await valuesOf(head, shared.id)
  expect(writing.acknowledged.filter((text) => !written.has(text))).toEqual([])
  expect(written.has('Написано без связи')).toBe(true)
  expect((await head.get('/clients/count')).count).toBe(pasted + 2)

  // Her table has the pasted rows and, like all her answers, no word of the foreign client.
  await hers.goto(`${product.url}/clients`)
  await gridCell(hers, 'ООО «Строка 0»').waitFor({ state: 'attached' })
  for (const word of [foreign.id, 'Тайный клиент', 'тайна']) expect(heard.join('\n')).not.toContain(word)
})

async function keepText(response: { url(): string; text(): Promise<string> }, heard: string[]) {
  if (response.url().includes('/api/') && !response.url().includes('/api/stream'))
    heard.push(await response.text().catch(() => ''))
}

/** Every value the history of a client tells. */
async function valuesOf(client: Client, id: string): Promise<Set<string>> {
  const values = new Set<string>()
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await client.get(
      `/clients/${id}/history?limit=500${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    for (const { after } of page.items)
      for (const value of Object.values(after ?? {})) values.add(String(value))
    cursor = page.nextCursor
  }
  return values
}
