import type { Browser, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, openScreen, signIn } from './browser.ts'
import { signedIn, startProduct, type Product } from './product.ts'

const email = 'head@example.test'
const password = 'correct horse battery'
let product: Product
let browser: Browser
let card: string
let session: Parameters<ReturnType<Page['context']>['addCookies']>[0]

beforeAll(async () => {
  product = await startProduct({ KARTOTEKA_ADMIN_EMAIL: email, KARTOTEKA_ADMIN_PASSWORD: password })
  browser = await launchBrowser()
  const head = await signedIn(product.url, email, password)
  const contacts = [{ kind: 'phone', value: '8 916 216-43-58' }]
  card = `/clients/${(await head.post('/clients', { name: 'Ромашка', contacts })).id}`
  const { page } = await openScreen(browser)
  await signIn(page, product.url, email, password)
  session = await page.context().cookies()
  await page.context().close()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

/** Kilobytes of page, scripts and styles that came over the wire until the screen stood and asked for nothing more. */
async function downloaded(path: string, ready: string): Promise<number> {
  const { page } = await openScreen(browser)
  if (path !== '/sign-in') await page.context().addCookies(session)
  const sizes: Promise<number>[] = []
  const quiet = quietnessOf(page)
  page.on('requestfinished', (request) => {
    if (!isCall(request)) sizes.push(request.sizes().then((size) => size.responseBodySize))
  })
  await page.goto(product.url + path)
  await page.locator(ready).first().waitFor({ state: 'attached' })
  await quiet()
  const bytes = await Promise.all(sizes)
  await page.context().close()
  return bytes.reduce((sum, size) => sum + size, 0) / 1024
}

const isCall = (request: Request) => request.url().includes('/api/')

/** Waits until nothing has been on its way for a second. The stream of changes is on its way for ever: it does not count. */
function quietnessOf(page: Page) {
  const open = new Set<Request>()
  let last = Date.now()
  const ended = (request: Request) => {
    open.delete(request)
    last = Date.now()
  }
  page.on('request', (request) => {
    if (/\/api\/stream(\?|$)/.test(request.url())) return
    open.add(request)
    last = Date.now()
  })
  page.on('requestfinished', ended)
  page.on('requestfailed', ended)
  return async () => {
    while (open.size > 0 || Date.now() - last < 1_000) await page.waitForTimeout(100)
  }
}

test.each([
  ['the way in', () => '/sign-in', 'input[type="password"]'],
  ['the first screen', () => '/', 'main h1'],
  ['the table', () => '/clients', '[role="gridcell"]'],
  ['a card', () => card, '[role="dialog"] h2'],
  ['the report', () => '/reports/contact-info', 'main table'],
])('a browser that has nothing yet loads at most 350 KB for %s', async (_, path, ready) => {
  const size = await downloaded(path(), ready)
  expect(size).toBeLessThan(350)
  // Less would mean that nothing was measured.
  expect(size).toBeGreaterThan(150)
})
