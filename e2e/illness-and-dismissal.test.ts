import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listenAt } from '#app/testing-stream.ts'
import { runningEmbedded } from '#server/db/embedded.ts'
import { expectAccessible, launchBrowser, openScreen, signIn } from './browser.ts'
import { type Client, colleague, signedIn, startProduct, type Product } from './product.ts'

const email = 'head@example.test'
const password = 'correct horse battery'
const hour = 3_600_000
let product: Product
let browser: Browser
let head: Client
const people: Record<string, { id: string; as: Client }> = {}

beforeAll(async () => {
  product = await startProduct({ KARTOTEKA_ADMIN_EMAIL: email, KARTOTEKA_ADMIN_PASSWORD: password })
  browser = await launchBrowser()
  head = await signedIn(product.url, email, password)
  for (const [key, name] of Object.entries({
    anna: 'Анна Белова',
    boris: 'Борис Чижов',
    vera: 'Вера Громова',
    gleb: 'Глеб Дроздов',
    dina: 'Дина Ежова',
  })) {
    const id = await colleague(product.url, head, { name, email: `${key}@example.test`, password })
    people[key] = { id, as: await signedIn(product.url, `${key}@example.test`, password) }
  }
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const at = (ms: number) => new Date(ms).toISOString()
const signInAs = (page: Page, key: string) => signIn(page, product.url, `${key}@example.test`, password)
const statusOf = async (answer: Promise<unknown>) =>
  answer.then(
    () => 200,
    (error: Error) => Number(/: (\d{3}) /.exec(error.message)?.[1]),
  )

test(
  'a manager falls ill, and by the head’s telephone nothing stops; it ends by itself',
  { timeout: 180_000 },
  async () => {
    const { anna, boris } = people as Record<'anna' | 'boris', { id: string; as: Client }>
    const phone = [{ kind: 'phone', value: '+7 495 200-00-01' }]
    const one = await anna.as.post('/clients', { name: 'ООО «Маяк»', contacts: phone })
    const start = Date.parse((await head.get('/my-day')).due.from)
    for (const [text, due] of [
      ['Спросить про договор', start + 18 * hour],
      ['Обещала образцы', start - 20 * hour],
    ] as const)
      await anna.as.post('/activities', { clientId: one.id, kind: 'call', text, dueAt: at(due) })

    // The deputy has his day open before anything is known.
    const his = await openScreen(browser)
    await signInAs(his.page, 'boris')
    await his.page.getByRole('heading', { name: 'Мой день' }).waitFor()
    const ear = await listenAt(product.url, (await boris.as.post('/tokens', { name: 'программа' })).token)

    // The head: a telephone, seven touches.
    const { page, errors } = await openScreen(browser, { width: 390, height: 844 })
    await signIn(page, product.url, email, password)
    await page.goto(`${product.url}/team/substitutions`)
    let touches = 0
    const touch = async (what: ReturnType<Page['locator']>) => {
      touches++
      await what.click()
    }
    await touch(page.getByRole('button', { name: 'Назначить замещение' }).first())
    const dialog = page.getByRole('dialog', { name: 'Назначить замещение' })
    await touch(dialog.getByRole('combobox', { name: 'Кого нет' }))
    await touch(page.getByRole('option', { name: 'Анна Белова' }))
    await touch(dialog.getByRole('combobox', { name: 'Кто замещает' }))
    await touch(page.getByRole('option', { name: 'Борис Чижов' }))
    await page.keyboard.press('Escape')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    await expectAccessible(page, 'setting a substitution on a telephone')
    await touch(dialog.getByRole('button', { name: 'Назначить замещение' }))
    await dialog.waitFor({ state: 'detached' })
    expect(touches).toBeLessThanOrEqual(8)
    await page.getByText('идёт', { exact: true }).waitFor()
    await expectAccessible(page, 'substitutions on a telephone')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)

    // The deputy's open page tells him without being asked.
    await ear.heard(({ event }) => event === 'reload')
    const plan = his.page.getByRole('group', { name: 'План за: Анна Белова' })
    await plan.getByText('Спросить про договор').waitFor()
    await plan.getByText('Обещала образцы').waitFor()
    await his.page.getByText(/Вы замещаете: Анна Белова/).waitFor()
    await expectAccessible(his.page, 'the day of a deputy')
    await plan.getByRole('listitem').filter({ hasText: 'Обещала образцы' }).focus()
    await his.page.keyboard.press('c')
    const call = his.page.getByRole('dialog', { name: 'Звонок: ООО «Маяк»' })
    await call.locator('[role=group]:focus').waitFor()
    await his.page.keyboard.press('2')
    // By name: a dialog that has just opened may still take the focus to its outcomes.
    const about = call.getByRole('textbox', { name: 'О чём говорили' })
    await about.fill('Ждут во вторник')
    await about.press('Enter')
    await call.waitFor({ state: 'detached' })
    await plan.getByText('Обещала образцы').waitFor({ state: 'detached' })

    // Signed «Б за А» where it is read: on the timeline and in the journal.
    await his.page.goto(`${product.url}/clients/${one.id}`)
    const entry = his.page.getByRole('listitem').filter({ hasText: 'Ждут во вторник' })
    await entry.getByText('Борис Чижов за: Анна Белова').waitFor()
    await page.goto(`${product.url}/journal`)
    const act = page
      .getByRole('listitem')
      .filter({ hasText: 'Борис Чижов' })
      .filter({ hasText: 'Маяк' })
      .first()
    await act.getByText('за: Анна Белова').waitFor()

    // The end comes with the clock, into the open card and the open stream too.
    const [{ id }] = await head.get('/substitutions')
    await head.patch(`/substitutions/${id}`, { to: at(Date.now() + 5_000) })
    await entry.waitFor({ state: 'detached', timeout: 30_000 })
    expect(await statusOf(boris.as.get(`/clients/${one.id}`))).toBe(404)
    expect((await boris.as.get('/clients?search=маяк')).items).toEqual([])
    await ear.heard(
      ({ event }) => ear.events.filter((heard) => heard.event === 'reload').length >= 2 && event === 'reload',
    )
    const heard = ear.events.length
    await anna.as.post('/activities', { clientId: one.id, kind: 'note', text: 'снова я' })
    const own = await boris.as.post('/clients', { name: 'ООО «Свой»' })
    await ear.heard(({ data }) => data.id === own.id)
    expect(JSON.stringify(ear.events.slice(heard))).not.toContain(one.id)
    ear.close()
    await his.page.goto(product.url)
    await his.page.getByRole('heading', { name: 'Мой день' }).waitFor()
    await his.page.getByText('На сегодня ничего не запланировано').waitFor()
    expect(await plan.count()).toBe(0)

    // Back: the digest is there.
    const hers = await openScreen(browser)
    await signInAs(hers.page, 'anna')
    await hers.page.getByText(/С возвращением! Вас замещали: Борис Чижов/).waitFor()
    await hers.page.getByRole('link', { name: 'Что сделано за это время' }).click()
    await hers.page.getByText(/Ждут во вторник/).waitFor()
    await hers.page.getByRole('link', { name: 'ООО «Маяк»' }).first().waitFor()
    await expectAccessible(hers.page, 'a digest')
    expect([...errors, ...his.errors, ...hers.errors]).toEqual([])
  },
)

test(
  'a manager with 5,000 clients is dismissed: every access ends, three take over, and the way back leaves no trace',
  { timeout: 300_000 },
  async () => {
    const { vera, boris, gleb, dina } = people as Record<string, { id: string; as: Client }>
    await head.patch(`/users/${vera!.id}`, { mayExport: true, exportQuota: 1_000_000 })
    const { token } = await vera!.as.post('/tokens', { name: 'обмен' })
    await importAs(token, portfolio(5_000))
    const { items } = await vera!.as.get('/clients?limit=50')
    for (const [at, one] of items.entries())
      await vera!.as.post('/activities', {
        clientId: one.id,
        kind: at % 2 ? 'call' : 'note',
        text: `дело ${at}`,
        ...(at % 2 && { dueAt: '2030-01-10T09:00:00Z' }),
      })
    const shared = await dina!.as.post('/clients', { name: 'ООО «Общий»', managerIds: [vera!.id] })
    const ownOf = async (one: { as: Client } | undefined): Promise<number> =>
      (await one!.as.get('/clients/count?owner=me')).count
    const had = await Promise.all([boris, gleb, dina].map(ownOf))
    const before = await wholeBase()

    const hers = await openScreen(browser)
    await signInAs(hers.page, 'vera')
    await hers.page.goto(`${product.url}/clients`)
    await hers.page.getByRole('region', { name: 'Клиенты' }).waitFor()
    const ear = await listenAt(product.url, token)

    const { page, errors } = await openScreen(browser)
    await signIn(page, product.url, email, password)
    await page.goto(`${product.url}/team/handover`)
    await page.getByRole('combobox', { name: 'Чьи клиенты' }).click()
    await page.getByRole('option', { name: 'Вера Громова' }).click()
    const split = page.getByRole('combobox', { name: 'Разделить поровну между…' })
    for (const name of ['Борис Чижов', 'Глеб Дроздов', 'Дина Ежова']) {
      await split.click()
      await page.getByRole('option', { name }).click()
    }
    await page.keyboard.press('Escape')
    await page.getByText('Останется 0 клиентов').waitFor()
    await expectAccessible(page, 'a handover')
    await page.getByRole('button', { name: 'Уволить и передать' }).click()
    const sure = page.getByRole('dialog', { name: /Уволить и передать/ })
    await sure.getByText(/Доступ закроется в ту же секунду/).waitFor()
    // More than two at a time run: some are under way, others wait.
    const exports: { jobId: string }[] = await Promise.all(
      Array.from({ length: 12 }, () =>
        vera!.as.post('/clients/exports', {
          format: 'xlsx',
          columns: ['name', 'inn', 'region', 'phone', 'email'],
          language: 'ru',
        }),
      ),
    )
    const done = page.waitForResponse(
      (answer) => answer.url().endsWith('/api/handovers') && answer.request().method() === 'POST',
    )
    await sure.getByRole('button', { name: 'Уволить и передать' }).click()
    const handover = await (await done).json()
    // The very next call of the session and of the key.
    const refused = await Promise.all([
      statusOf(vera!.as.get('/clients')),
      fetch(`${product.url}/api/clients`, { headers: { authorization: `Bearer ${token}` } }).then(
        ({ status }) => status,
      ),
      fetch(`${product.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'vera@example.test', password }),
      }).then(({ status }) => status),
    ])
    expect(refused).toEqual([401, 401, 401])
    await ear.ended
    await hers.page.getByRole('button', { name: 'Войти' }).waitFor()
    expect(handover.counts).toMatchObject({ clients: 5_000, shared: 1, plan: 25, rest: 0 })
    expect(handover.counts.jobs).toBeGreaterThan(0)
    const stopped = await ended(exports.map(({ jobId }) => jobId))
    expect(stopped).toContain('cancelled')
    expect(new Set(stopped)).not.toContain('failed')
    await page
      .getByText('Передано 5000 клиентов')
      .or(page.getByText('Передано 5 000 клиентов'))
      .first()
      .waitFor()
    const taken = await Promise.all([boris, gleb, dina].map(ownOf))
    const gained = taken.map((count, at) => count - had[at]!)
    expect(gained.reduce((sum, count) => sum + count, 0)).toBe(5_000)
    for (const count of gained) expect(Math.abs(count - 5_000 / 3)).toBeLessThan(200)
    expect(await wholeBase()).not.toEqual(before)
    expect((await head.get(`/clients/${shared.id}`)).ownerId).toBe(dina!.id)

    await page.getByRole('button', { name: 'Отменить передачу' }).click()
    const back = page.getByRole('dialog', { name: /Отменить передачу/ })
    await back.getByRole('button', { name: 'Отменить передачу' }).click()
    await page.getByText('Передача отменена').waitFor()
    const after = await wholeBase()
    expect(Object.keys(before).filter((table) => after[table] !== before[table])).toEqual([])
    // Sessions and keys stay gone; she signs in anew.
    expect(await statusOf(vera!.as.get('/me'))).toBe(401)
    const again = await signedIn(product.url, 'vera@example.test', password)
    expect((await again.get('/clients/count')).count).toBe(5_001)
    expect(errors).toEqual([])
  },
)

test(
  'one client picked by name goes to a colleague by the head’s telephone, the rest stay',
  { timeout: 120_000 },
  async () => {
    const { gleb, dina } = people as Record<'gleb' | 'dina', { id: string; as: Client }>
    const picked = await gleb.as.post('/clients', { name: 'ООО «Ромашка»' })
    const stays = await gleb.as.post('/clients', { name: 'ООО «Лютик»' })
    const { page, errors } = await openScreen(browser, { width: 390, height: 844 })
    await signIn(page, product.url, email, password)
    await page.goto(`${product.url}/team/handover`)
    await page.getByRole('combobox', { name: 'Чьи клиенты' }).click()
    await page.getByRole('option', { name: 'Глеб Дроздов' }).click()
    await page.getByText('Получает новых').waitFor()
    await page.getByRole('combobox', { name: 'Преемник' }).click()
    await page.getByRole('option', { name: 'Дина Ежова' }).click()
    await page.getByRole('button', { name: 'По одному' }).click()
    await page.getByText('0 кл., план: 0').waitFor()
    const search = page.getByRole('combobox', { name: 'Какие клиенты' })
    await search.fill('ромашка')
    await page.getByRole('option', { name: 'ООО «Ромашка»' }).click()
    await page.getByText('1 кл., план: 0').waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    await page.keyboard.press('Escape')
    await expectAccessible(page, 'clients picked by name')
    await page.getByRole('button', { name: 'Передать', exact: true }).click()
    const sure = page.getByRole('dialog', { name: /Передать клиентов/ })
    await sure.getByRole('button', { name: 'Передать', exact: true }).click()
    await page.getByText('Передан 1 клиент').first().waitFor()
    expect((await head.get(`/clients/${picked.id}`)).ownerId).toBe(dina.id)
    expect((await head.get(`/clients/${stays.id}`)).ownerId).toBe(gleb.id)
    expect(errors).toEqual([])
  },
)

/** A table of so many clients, each with two contacts. */
const portfolio = (count: number) =>
  [
    'Название;Регион;Телефон;Почта;Комментарий',
    ...Array.from({ length: count }, (_, at) => {
      const region = ['Тверь', 'Псков', 'Москва'][at % 3]
      return `ООО «Портфель ${at}»;${region};+7 495 ${String(3_000_000 + at)};klient${at}@example.test;из прежней таблицы ${at}`
    }),
  ].join('\n')

async function importAs(token: string, table: string) {
  const form = new FormData()
  form.append('file', new Blob([table]), 'портфель.csv')
  const headers = { authorization: `Bearer ${token}` }
  const made = await fetch(`${product.url}/api/imports`, { method: 'POST', headers, body: form })
  const { id } = (await made.json()) as { id: string }
  const reached = async (status: string) => {
    for (;;) {
      const found = (await (await fetch(`${product.url}/api/imports/${id}`, { headers })).json()) as {
        status: string
        problem?: string
      }
      if (found.status === status) return
      if (['refused', 'failed'].includes(found.status)) throw new Error(found.problem)
      await pause(100)
    }
  }
  await reached('ready')
  await fetch(`${product.url}/api/imports/${id}/application`, { method: 'POST', headers })
  await reached('applied')
}

async function inBase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(runningEmbedded(product.data, Buffer.alloc(32))!)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** How these jobs have ended. */
async function ended(jobs: string[]): Promise<string[]> {
  for (;;) {
    const { rows } = await inBase((client) =>
      client.query<{ status: string }>('select status from jobs where id = any ($1::uuid[])', [jobs]),
    )
    if (rows.every(({ status }) => !['queued', 'running'].includes(status)))
      return rows.map(({ status }) => status)
    await pause(100)
  }
}

/** What tells of acts, of who has looked and of a day's state, and the index of search, which is filled by and by. */
const beside =
  `changes change_sets handovers handover_clients jobs job_outputs activity_news client_words client_words_gone completeness_days takings reading_counts sign_in_events alarms`.split(
    ' ',
  )

/** How often, when and by whom a row was written, and whether the index of search has it yet; a given seat comes back as a new one. */
const written = ['version', 'field_versions', 'updated_at', 'updated_by', 'indexed']

/** Every table as a sum of its rows; how often and when a row was written is left out. */
const wholeBase = () =>
  inBase(async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and not relispartition
         and relname <> all ($1)`,
      [beside],
    )
    const sums: Record<string, string> = {}
    for (const { name } of tables) {
      const { rows } = await client.query<{ sum: string }>(
        `select coalesce(md5(string_agg(row, ' ' order by row)), '') as sum
         from (select (to_jsonb(t) - $1::text[])::text as row from ${name} t) rows`,
        [[...written, ...(name === 'seats' ? ['created_at', 'created_by', 'changed_at'] : [])]],
      )
      sums[name] = rows[0]!.sum
    }
    return sums
  })
