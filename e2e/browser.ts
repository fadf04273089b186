import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The Chromium that `npm test` found or installed. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.KARTOTEKA_BROWSER ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

export interface Screen {
  page: Page
  /** Messages of the browser's console that a person would call errors. */
  errors: string[]
}

/** A window of somebody's own: no cookies of others. */
export async function openScreen(
  browser: Browser,
  options: { width?: number; height?: number; dark?: boolean; language?: string; touch?: boolean } = {},
): Promise<Screen> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    colorScheme: options.dark ? 'dark' : 'light',
    locale: options.language ?? 'ru-RU',
    acceptDownloads: true,
    hasTouch: options.touch ?? false,
  })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    // A refused call is the page's business: it shows it.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      errors.push(message.text())
  })
  return { page, errors }
}

export async function signIn(page: Page, url: string, email: string, password: string) {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('Почта').fill(email)
  await page.getByLabel(/^Пароль/).fill(password)
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
  await page.getByRole('navigation').first().waitFor()
}

/** A cell of the grid by what is in it: cells are painted, their texts stand in the table behind for those who listen. */
export const gridCell = (page: Page, text: string) =>
  page.locator('[role="gridcell"]').filter({ hasText: text }).first()

/** What is still fading in has other colours than it will have, and begins to a few frames after it is there: waits until nothing finite has moved for a while. */
const standsStill = (page: Page) =>
  page.waitForFunction(`new Promise((resolve) => {
    let frames = 0
    let since = performance.now()
    const look = () => {
      const moves = document.getAnimations().some(({ playState, effect }) => playState === 'running' && effect.getComputedTiming().endTime !== Infinity)
      frames = moves ? 0 : frames + 1
      if (moves) since = performance.now()
      if (frames > 12 && performance.now() - since > 400) resolve(true)
      else requestAnimationFrame(look)
    }
    look()
  })`)

interface Finding {
  id: string
  impact: string
  help: string
  nodes: { html: string }[]
}

/** Nothing serious stands in the way of people who cannot see, point or tell colours. */
export async function expectAccessible(page: Page, screen: string) {
  await standsStill(page)
  await page.evaluate(axeSource)
  const findings = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } }
    return (await axe.run()).violations
  })
  const serious = findings
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n${nodes
          .slice(0, 3)
          .map(({ html }) => html.slice(0, 200))
          .join('\n')}`,
    )
  expect(serious, screen).toEqual([])
}

/** A clipboard from elsewhere, as the browser hands it over. */
export const pasteText = (page: Page, text: string, html = '') =>
  page.evaluate(
    `((html, text) => {
      const clipboardData = new DataTransfer()
      if (html) clipboardData.setData('text/html', html)
      clipboardData.setData('text/plain', text)
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    })(${JSON.stringify(html)}, ${JSON.stringify(text)})`,
  )
