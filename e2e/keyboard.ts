import type { Locator, Page } from 'playwright-core'

/** Walks by Tab until the focus is there, as somebody without a mouse does. */
export async function tabTo(page: Page, target: Locator, most = 80): Promise<void> {
  await target.waitFor({ state: 'attached' })
  for (let steps = 0; steps < most; steps++) {
    if ((await target.and(page.locator(':focus')).count()) > 0) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${target.toString()} is not reached by Tab`)
}

/** Opens a screen by its name: Ctrl+K, the name, Enter. */
export async function goByKeys(page: Page, screen: string): Promise<void> {
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog').filter({ has: page.getByRole('option') })
  await palette.locator('input:focus').waitFor()
  await page.keyboard.type(screen)
  await palette.locator('[role=option][data-combobox-selected]', { hasText: screen }).waitFor()
  await page.keyboard.press('Enter')
  await palette.waitFor({ state: 'detached' })
}
