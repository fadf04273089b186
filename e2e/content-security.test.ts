import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, openScreen, signIn } from './browser.ts'
import { signedIn, startProduct, type Product } from './product.ts'

const email = 'head@example.test'
const password = 'correct horse battery'
let product: Product
let browser: Browser
let card: string

beforeAll(async () => {
  product = await startProduct({ KARTOTEKA_ADMIN_EMAIL: email, KARTOTEKA_ADMIN_PASSWORD: password })
  browser = await launchBrowser()
  const head = await signedIn(product.url, email, password)
  const contacts = [{ kind: 'phone', value: '8 916 216-43-58' }]
  card = `/clients/${(await head.post('/clients', { name: 'Ромашка', contacts })).id}`
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

test('the page runs no script and takes no style that is not its own, and may stand in no frame', async () => {
  const answers = await Promise.all(['/sign-in', '/api/health'].map((path) => fetch(`${product.url}${path}`)))
  for (const { headers } of answers) {
    const policy = headers.get('content-security-policy')!
    expect(policy).toContain(`default-src 'self'`)
    expect(policy).toContain(`frame-ancestors 'none'`)
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('permissions-policy')).toContain('camera=()')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('strict-transport-security')).toBeNull()
  }
  const nonces = await Promise.all(
    [1, 2].map(async () => {
      const answer = await fetch(`${product.url}/sign-in`)
      const nonce = /'nonce-([\w-]+)'/.exec(answer.headers.get('content-security-policy')!)![1]!
      expect(await answer.text()).toContain(`nonce="${nonce}"`)
      return nonce
    }),
  )
  expect(nonces[0]).not.toBe(nonces[1])
})

/** More than thirty screens one after the other, on a machine that does other things too. */
const patience = 600_000

test.each([
  ['wide', { width: 1280, height: 800 }],
  ['on a telephone, dark', { width: 390, height: 844, dark: true }],
])(
  'no screen breaks the policy, %s',
  async (_, size) => {
    const { page, errors } = await openScreen(browser, size)
    const broken: string[] = []
    await page.exposeFunction('noteBroken', (what: string) => void broken.push(what))
    await page.addInitScript(
      `document.addEventListener('securitypolicyviolation', (event) => noteBroken(event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sourceFile + ' ' + location.pathname))`,
    )
    await page.goto(`${product.url}/invitation/made-up`)
    await page.getByText('Ссылка уже не действует').waitFor()
    await page.goto(`${product.url}/not-me/made-up`)
    await page.getByText('Ссылка уже не действует').waitFor()
    await signIn(page, product.url, email, password)
    const screens = [
      '/',
      '/calendar',
      '/clients',
      card,
      '/reports/contact-info',
      '/day-sheets',
      '/fill-requests',
      '/indicators',
      '/imports',
      '/team',
      '/team?tab=teams',
      '/team/handover',
      '/team/substitutions',
      '/team/sign-ins',
      '/alarms',
      '/taking',
      '/journal',
      '/time-machine',
      ...['company', 'labels', 'choices', 'fields', 'taking', 'mail', 'sign-in', 'groups', 'network'].map(
        (tab) => `/settings?tab=${tab}`,
      ),
      '/account',
    ]
    for (const path of screens) {
      await page.goto(`${product.url}${path}`)
      await page
        .locator(`main h1, main [role="gridcell"], [role="dialog"] h2`)
        .first()
        .waitFor({ state: 'attached' })
      await page.waitForLoadState('load')
    }
    // A dialog stops the page behind it from scrolling by a style of its own; a picture of a code is made on the page.
    await page.getByRole('button', { name: 'Включить второй фактор' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Пароль', { exact: true }).fill(password)
    await dialog.getByRole('button', { name: 'Дальше' }).click()
    await dialog.getByRole('img', { name: 'Секрет в виде кода для камеры' }).waitFor()
    // What would break it is noticed: a script and a style written into the page.
    expect(broken).toEqual([])
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<p style="color: red">x</p>')`)
    await page.waitForFunction('true')
    await expect.poll(() => broken.length).toBeGreaterThan(0)
    expect(errors.filter((error) => !/Content Security Policy/.test(error))).toEqual([])
    await page.context().close()
  },
  patience,
)
