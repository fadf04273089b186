import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, openScreen, signIn } from './browser.ts'
import { signedIn, startProduct, type Product } from './product.ts'

const email = 'head@example.test'
const password = 'correct horse battery'
let product: Product
let browser: Browser

beforeAll(async () => {
  product = await startProduct({ KARTOTEKA_ADMIN_EMAIL: email, KARTOTEKA_ADMIN_PASSWORD: password })
  browser = await launchBrowser()
  const head = await signedIn(product.url, email, password)
  await head.post('/clients', { name: 'Ромашка', contacts: [{ kind: 'phone', value: '8 916 216-43-58' }] })
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

/** Kilobytes of page, scripts and styles that came over the wire until the screen stood. */
async function downloaded(path: string, ready: string): Promise<number> {
  const { page } = await openScreen(browser)
  await signIn(page, product.url, email, password)
  const session = await page.context().cookies()
  const fresh = await openScreen(browser)
  await fresh.page.context().addCookies(session)
  const sizes: Promise<number>[] = []
  fresh.page.on('requestfinished', (request) => {
    if (!request.url().includes('/api/')) sizes.push(request.sizes().then((size) => size.responseBodySize))
  })
  await fresh.page.goto(product.url + path)
  await fresh.page.locator(ready).first().waitFor({ state: 'attached' })
  await fresh.page.waitForLoadState('networkidle')
  const bytes = await Promise.all(sizes)
  await page.context().close()
  await fresh.page.context().close()
  return bytes.reduce((sum, size) => sum + size, 0) / 1024
}

test.each([
  ['the first screen', '/', 'main h1'],
  ['the table', '/clients', '[role="gridcell"]'],
  ['the report', '/reports/contact-info', 'main table'],
])('a browser that has nothing yet loads at most 350 KB for %s', async (_, path, ready) => {
  const size = await downloaded(path, ready)
  expect(size).toBeLessThan(350)
  // Less would mean that nothing was measured.
  expect(size).toBeGreaterThan(150)
})
