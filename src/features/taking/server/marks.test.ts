import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import * as XLSX from '@e965/xlsx'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'
import { isMarkLine } from '#shared/file-mark.ts'

const world = testWorld()
let head: Person

beforeAll(async () => {
  head = await world.person('head', { name: 'Вера Главная' })
  for (const at of [1, 2, 3]) {
    await head.post('/clients', {
      name: `ООО «Круг ${at}»`,
      region: 'Тверь',
      comment: `Комментарий ${at}`,
      contacts: [
        { kind: 'phone', value: `+7 495 236-17-4${at}` },
        { kind: 'email', value: `krug${at}@example.ru` },
      ],
    })
  }
})

async function exported(format: 'xlsx' | 'csv', language: 'ru' | 'en' = 'ru'): Promise<Buffer> {
  const columns = ['name', 'inn', 'phone', 'email', 'region', 'comment']
  const { body } = await head.post('/clients/exports', { format, columns, language })
  await until(`/jobs/${body.jobId}`, 'done')
  return (await head.get(`/jobs/${body.jobId}/output`)).raw
}

async function until(path: string, status: string) {
  for (let tries = 0; tries < 600; tries++) {
    const { body } = await head.get(path)
    if (body.status === status) return body
    if (['failed', 'refused', 'cancelled'].includes(body.status)) throw new Error(body.problem)
    await pause(50)
  }
  throw new Error(`${path} was not ${status}`)
}

/** The mark of a workbook: the title beside the last one, and the properties. */
function markOf(raw: Buffer) {
  const book = XLSX.read(raw)
  const [titles = []] = XLSX.utils.sheet_to_json<string[]>(book.Sheets[book.SheetNames[0]!]!, { header: 1 })
  // The package hands the properties on undecoded.
  const properties = Object.entries((book.Custprops ?? {}) as Record<string, string>).map(
    ([name, value]) => [name, Buffer.from(value, 'latin1').toString()] as const,
  )
  return { line: String(titles.at(-1)), properties: Object.fromEntries(properties) }
}

const today = new Date().toISOString().slice(0, 10)
const days = `from=${today}&to=${today}`

describe('every file says who took it out and when, to people and to programs', () => {
  test.each([
    '/reports/contact-info.xlsx?kinds=phone',
    '/reports/contact-info/clients.xlsx?kinds=phone',
    '/reports/contact-info/values.xlsx?kinds=phone',
    `/day-sheets.xlsx?${days}`,
    `/day-sheets.xlsx?${days}&entries=true`,
    `/indicators.xlsx?${days}`,
    `/takings.xlsx?${days}`,
    `/takings.xlsx?${days}&what=people`,
  ])('%s', async (path) => {
    const { line, properties } = markOf((await head.get(path)).raw)
    expect(line).toContain(head.name)
    expect(isMarkLine(line)).toBe(true)
    expect(properties.KartotekaTakenBy).toBe(head.name)
    const taking = (await head.get(`/takings/${properties.KartotekaTaking}`)).body
    expect(taking).toMatchObject({ userId: head.id })
    expect(line).toContain(taking.id)
    expect(Math.abs(Date.parse(taking.at) - Date.parse(properties.KartotekaTakenAt!))).toBeLessThan(60_000)
  })

  test('rows that could not be imported too', async () => {
    const table = 'Название;Телефон\n;8 495 236-17-42\nООО «Овал»;8 495 236-17-43\n'
    const { body } = await head.upload('/imports', { name: 'плохие.csv', data: Buffer.from(table) })
    await until(`/imports/${body.id}`, 'ready')
    const { properties } = markOf((await head.get(`/imports/${body.id}/failed.xlsx`)).raw)
    expect((await head.get(`/takings/${properties.KartotekaTaking}`)).body).toMatchObject({
      road: 'failed-rows',
      counted: false,
    })
  })
})

describe('a file that comes back', () => {
  test.each([
    ['xlsx', 'ru'],
    ['csv', 'ru'],
    ['xlsx', 'en'],
    ['csv', 'en'],
  ] as const)('as %s, %s, changes nothing: the mark is no client and no column', async (format, language) => {
    const data = await exported(format, language)
    const { body } = await head.upload('/imports', { name: `назад.${format}`, data })
    const ready = await until(`/imports/${body.id}`, 'ready')
    expect(ready.counts).toMatchObject({ create: 0, update: 0, skip: 3, doubtful: 0, error: 0 })
    const marked = ready.mapping.columns.filter(({ header }: { header: string }) => isMarkLine(header))
    expect(marked.every(({ target }: { target: unknown }) => !target || target === 'ignore')).toBe(true)
  })
})

const office = ['soffice', 'libreoffice'].find((name) => spawnSync(name, ['--version']).status === 0)

test.skipIf(!office)(
  'the hidden mark outlives a saving by LibreOffice (skipped where there is none)',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kartoteka-mark-'))
    try {
      const data = await exported('xlsx')
      writeFileSync(join(folder, 'a.xlsx'), data)
      execFileSync(
        office!,
        [
          `-env:UserInstallation=file://${folder}/profile`,
          '--headless',
          '--convert-to',
          'xlsx',
          '--outdir',
          join(folder, 'saved'),
          join(folder, 'a.xlsx'),
        ],
        { stdio: 'pipe', timeout: 240_000 },
      )
      const saved = markOf(readFileSync(join(folder, 'saved', 'a.xlsx')))
      const before = markOf(data)
      expect(saved).toEqual(before)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  300_000,
)
