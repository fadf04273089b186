import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { directoryBase, slapd, startDirectory, type TestDirectory } from '#app/testing-directory.ts'
import { clientSecret, startProvider, type TestProvider } from '#app/testing-provider.ts'
import { expectAccessible, launchBrowser, openScreen, signIn } from './browser.ts'
import { startProduct, type Product } from './product.ts'

const email = 'head@example.test'
const password = 'correct horse battery'
let product: Product
let browser: Browser
let provider: TestProvider
let directory: TestDirectory | undefined

beforeAll(async () => {
  directory = slapd ? await startDirectory() : undefined
  product = await startProduct(async (url) => {
    provider = await startProvider(url)
    return {
      KARTOTEKA_ADMIN_EMAIL: email,
      KARTOTEKA_ADMIN_PASSWORD: password,
      KARTOTEKA_URL: url,
      KARTOTEKA_OIDC_ISSUER: provider.issuer,
      KARTOTEKA_OIDC_CLIENT_ID: 'kartoteka',
      KARTOTEKA_OIDC_CLIENT_SECRET: clientSecret,
      KARTOTEKA_OIDC_NAME: 'Учётка',
      ...(directory && {
        KARTOTEKA_LDAP_URL: directory.url,
        KARTOTEKA_LDAP_BASE: directoryBase,
        KARTOTEKA_LDAP_BIND_DN: directory.settings.bindDn!,
        KARTOTEKA_LDAP_BIND_PASSWORD: directory.settings.bindPassword,
      }),
    }
  })
  provider.accounts.anna = {
    email: 'anna@example.test',
    email_verified: true,
    name: 'Анна Учёткина',
    groups: ['Продажи'],
  }
  provider.accounts.guest = { email: 'guest@example.test', email_verified: true, name: 'Гость', groups: [] }
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await provider?.stop()
  await directory?.stop()
})

test('the head gives a group its role, and its people come in through the provider', async () => {
  const { page, errors } = await openScreen(browser)
  await signIn(page, product.url, email, password)
  await page.goto(`${product.url}/settings?tab=groups`)
  await page.getByText(/«Учётка»/).waitFor()
  await page.getByRole('button', { name: 'Добавить правило' }).click()
  await page.getByRole('textbox', { name: 'Группа, правило 1' }).fill('Продажи')
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('Правила сохранены и подействуют при следующем входе').first().waitFor()
  await expectAccessible(page, 'rules of groups')

  const anna = await openScreen(browser)
  await anna.page.goto(`${product.url}/clients?search=anything`)
  const through = anna.page.getByRole('link', { name: 'Войти через Учётка' })
  await through.waitFor()
  await expectAccessible(anna.page, 'sign-in with a provider')
  await through.click()
  await anna.page.getByLabel('Login').fill('anna')
  await anna.page.getByRole('button', { name: 'Go on' }).click()
  await anna.page.getByRole('navigation').first().waitFor()
  expect(anna.page.url()).toBe(`${product.url}/clients?search=anything`)
  await anna.page.goto(`${product.url}/account`)
  await anna.page.getByText(/пароль меняется там же/).waitFor()
  expect(await anna.page.getByLabel('Новый пароль').count()).toBe(0)

  await page.goto(`${product.url}/team`)
  const row = page.getByRole('row', { name: /Анна Учёткина/ })
  await row.getByText('вход через Учётка').waitFor()
  await row.getByRole('button', { name: 'Действия: Анна Учёткина' }).click()
  await page.getByRole('menuitem', { name: 'Отвязать от учётной записи компании' }).waitFor()
  expect(await page.getByRole('menuitem', { name: 'Новая ссылка для входа' }).count()).toBe(0)
  expect([...errors, ...anna.errors]).toEqual([])
})

test('signing out ends the provider’s session too: the next one is asked who he is', async () => {
  const { page } = await openScreen(browser)
  await page.goto(`${product.url}/sign-in`)
  const through = page.getByRole('link', { name: 'Войти через Учётка' })
  await through.click()
  await page.getByLabel('Login').fill('anna')
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByRole('navigation').first().waitFor()
  await page.getByRole('button', { name: /Анна Учёткина/ }).click()
  await page.getByRole('button', { name: 'Выйти' }).click()
  await page.getByRole('button', { name: 'Yes, sign me out' }).click()
  await through.click()
  await page.getByLabel('Login').waitFor()
})

test('a session that ended is opened again in another tab, and what was entered stays', async () => {
  const { page } = await openScreen(browser)
  await page.goto(`${product.url}/sign-in?to=/account`)
  await page.getByRole('link', { name: 'Войти через Учётка' }).click()
  await page.getByLabel('Login').fill('anna')
  await page.getByRole('button', { name: 'Go on' }).click()
  const field = page.getByRole('textbox', { name: 'Для чего ключ' })
  await field.fill('Обмен')
  await page.context().clearCookies({ name: /^(__Host-)?kartoteka$/ })
  await page.getByRole('button', { name: 'Создать ключ' }).click()
  const again = page.getByRole('dialog').getByRole('link', { name: 'Войти через Учётка' })
  const [tab] = await Promise.all([page.context().waitForEvent('page'), again.click()])
  // The provider still knows her.
  await tab.getByRole('navigation').first().waitFor()
  await again.waitFor({ state: 'detached' })
  expect(await field.inputValue()).toBe('Обмен')
})

test('whom no group lets in reads why, on a telephone too', async () => {
  const { page } = await openScreen(browser, { width: 390, height: 844, dark: true })
  await page.goto(`${product.url}/sign-in`)
  await page.getByRole('link', { name: 'Войти через Учётка' }).click()
  await page.getByLabel('Login').fill('guest')
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByText('Ваши группы не дают входа в эту базу. Обратитесь к руководителю.').waitFor()
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  await expectAccessible(page, 'a refused sign-in on a telephone')
})

test.skipIf(!slapd)('login and password of the directory are taken at the same door', async () => {
  const dn = `uid=boris,ou=people,${directoryBase}`
  await directory!.add(dn, {
    objectClass: 'inetOrgPerson',
    uid: 'boris',
    cn: 'Борис Каталогов',
    sn: 'Каталогов',
    mail: 'boris@example.test',
    userPassword: 'пароль из каталога',
  })
  await directory!.add(`cn=Продажи,ou=groups,${directoryBase}`, {
    objectClass: 'groupOfNames',
    cn: 'Продажи',
    member: dn,
  })
  const { page } = await openScreen(browser)
  await page.goto(`${product.url}/sign-in`)
  await page.getByLabel('Почта или логин').fill('boris')
  await page.getByLabel(/^Пароль/).fill('пароль из каталога')
  await page.getByRole('button', { name: 'Войти', exact: true }).click()
  await page.getByRole('navigation').first().waitFor()
  await page.getByRole('button', { name: /Борис Каталогов/ }).waitFor()
  const head = await openScreen(browser, { width: 390, height: 844 })
  await head.page.goto(`${product.url}/sign-in`)
  await head.page.getByLabel('Почта или логин').fill(email)
  await head.page.getByLabel(/^Пароль/).fill(password)
  await head.page.getByRole('button', { name: 'Войти', exact: true }).click()
  await head.page.getByRole('navigation').first().waitFor()
  await head.page.goto(`${product.url}/team`)
  await head.page.getByText('из каталога').waitFor()
  await head.page.goto(`${product.url}/settings?tab=groups`)
  await head.page.getByRole('textbox', { name: 'Группа, правило 1' }).waitFor()
  expect(await head.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  await expectAccessible(head.page, 'rules of groups on a telephone')
})

test('the doctor asks provider and directory, and says what is wrong with them', async () => {
  const look = async (settings: Record<string, string> = {}) => {
    const { code, out } = await product.command(['doctor', '--json'], settings)
    const { findings } = JSON.parse(out) as { findings: Array<{ check: string; ok: boolean }> }
    const outside = findings.filter(({ check }) => /provider|directory/.test(check))
    return { code, outside: outside.map(({ check, ok }) => `${check} ${ok}`) }
  }
  const directoryOk = directory ? ['doctor-directory true'] : []
  expect(await look()).toEqual({ code: 0, outside: ['doctor-provider true', ...directoryOk] })
  expect(await look({ KARTOTEKA_OIDC_ISSUER: `${provider.issuer}/elsewhere` })).toEqual({
    code: 1,
    outside: ['doctor-provider false', ...directoryOk],
  })
  if (!directory) return
  expect(await look({ KARTOTEKA_LDAP_BIND_PASSWORD: 'wrong' })).toEqual({
    code: 1,
    outside: ['doctor-provider true', 'doctor-directory false'],
  })
})
