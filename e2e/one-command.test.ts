import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startProduct, type Product } from './product.ts'

const launcher = join(import.meta.dirname, '../bin/kartoteka.mjs')
const folder = mkdtempSync(join(tmpdir(), 'kartoteka-command-'))
const data = join(folder, 'not', 'yet', 'there')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ended {
  code: number | null
  out: string
  err: string
}

/** Runs one command to its end, as `npm run -s kartoteka -- …` does. */
function kartoteka(args: string[], settings: Record<string, string> = {}, input = ''): Promise<Ended> {
  const env = { ...process.env, LANG: 'ru_RU.UTF-8', KARTOTEKA_DATA: data, PORT: '0', ...settings }
  const child = spawn(process.execPath, [launcher, ...args], { env, timeout: 60_000 })
  const ended: Ended = { code: null, out: '', err: '' }
  child.stdout.on('data', (text) => (ended.out += text))
  child.stderr.on('data', (text) => (ended.err += text))
  child.stdin.end(input)
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...ended, code })))
}

const person = ['--email', 'head@example.test', '--name', 'Анна', '--role', 'head']

describe('with nothing running', () => {
  test('a person and his token are made, in folders that are made too; nothing else is printed', async () => {
    expect(await kartoteka(['user', 'add', ...person], {}, 'correct horse battery\n')).toEqual({
      code: 0,
      out: '',
      err: '',
    })
    const { code, out, err } = await kartoteka(['token', 'add', '--email', 'head@example.test'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^kt_[\w-]{43}\n$/)
  })

  test('what fails says so in one sentence and by its code', async () => {
    const twice = await kartoteka(['user', 'add', ...person, '--password', 'correct horse battery'])
    expect(twice).toEqual({ code: 1, out: '', err: 'Человек с адресом head@example.test уже есть.\n' })
    const english = await kartoteka(['user', 'add', ...person, '--json'], { LANG: 'en_US.UTF-8' }, 'short')
    expect(JSON.parse(english.err)).toMatchObject({
      error: { reason: 'password-short', message: expect.stringContaining('8') },
    })
    expect((await kartoteka(['no-such-command'])).code).toBe(2)
  })

  test('the base is copied to another folder and works there', async () => {
    const moved = join(folder, 'moved')
    expect((await kartoteka(['move', moved])).code).toBe(0)
    expect((await kartoteka(['doctor'], { KARTOTEKA_DATA: moved })).code).toBe(0)
    expect(await kartoteka(['move', moved])).toMatchObject({
      code: 1,
      err: expect.stringContaining('не пуста'),
    })
  })

  test('a taken port is told before anything is started', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as { port: number }
    const { code, err } = await kartoteka(['start'], { PORT: String(port) })
    other.close()
    expect(code).toBe(1)
    expect(err).toContain(
      `Порт ${port} на 127.0.0.1 занят другой программой. Остановите её или выберите другой порт, например PORT=${port + 1}.\n`,
    )
  })

  test('a folder a newer program has worked with is refused', async () => {
    const newer = join(folder, 'newer')
    mkdirSync(newer)
    writeFileSync(join(newer, 'version.json'), JSON.stringify({ kartoteka: '9.0.0', schema: 9999 }))
    const { code, err } = await kartoteka(['start'], { KARTOTEKA_DATA: newer })
    expect(code).toBe(1)
    expect(err).toContain('более новая Картотека (9.0.0')
    expect(readdirSync(newer)).not.toContain('postgres')
  })

  test.runIf(process.platform === 'linux')(
    'below a folder the database user cannot enter it is served all the same',
    async () => {
      const closed = join(folder, 'closed')
      mkdirSync(closed)
      chmodSync(closed, 0o700)
      expect(
        failures(await kartoteka(['doctor', '--json'], { KARTOTEKA_DATA: join(closed, 'data') })),
      ).toEqual(['doctor-filled'])
    },
  )

  test('the data of a path too long for a socket are served all the same', async () => {
    const long = join(folder, 'очень-'.repeat(12), 'длинный')
    expect(failures(await kartoteka(['doctor', '--json'], { KARTOTEKA_DATA: long }))).toEqual([
      'doctor-filled',
    ])
  })
})

/** What `doctor` finds wrong; in a new base nobody is there yet, and all else must be in order. */
function failures({ out, err }: Ended): string[] {
  const { findings } = JSON.parse(out || err) as { findings: Array<{ check: string; ok: boolean }> }
  return findings.filter(({ ok }) => !ok).map(({ check }) => check)
}

describe('while it runs', () => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct({ KARTOTEKA_DATA: data })
  })
  afterAll(() => product?.stop())

  test('the address and the data folder are printed', () => {
    expect(product.printed()).toContain(product.url)
    expect(product.printed()).toContain(data)
  })

  test('a second start on the folder names the first', async () => {
    const { pid } = JSON.parse(readFileSync(join(data, 'running.json'), 'utf8')) as { pid: number }
    const { code, err } = await kartoteka(['start'])
    expect(code).toBe(1)
    expect(err).toContain(`процесс ${pid}, ${product.url}`)
  })

  test('commands work beside it: people, tokens, doctor, backup', async () => {
    const args = ['--email', 'second@example.test', '--name', 'Олег', '--role', 'manager', '--team', 'Север']
    expect(await kartoteka(['user', 'add', ...args], {}, 'correct horse battery')).toEqual({
      code: 0,
      out: '',
      err: '',
    })
    const token = (await kartoteka(['token', 'add', '--email', 'second@example.test'])).out.trim()
    const me = await fetch(`${product.url}/api/me`, { headers: { authorization: `Bearer ${token}` } })
    expect(await me.json()).toMatchObject({ email: 'second@example.test', role: 'manager' })
    expect((await kartoteka(['doctor'])).code).toBe(0)
    const { code, out } = await kartoteka(['backup', join(folder, 'copies', 'today'), '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      file: join(folder, 'copies', 'today'),
      schema: expect.any(Number),
    })
  })

  test('tables come in and go out by the command line as in the browser', async () => {
    const table = join(folder, 'клиенты.csv')
    writeFileSync(
      table,
      'Наименование;Телефон\nООО «Ромашка»;8 495 000-00-01\nИП Иванов И. И.;+7 (495) 000-00-02\n',
    )
    const loaded = await kartoteka(['import', table, '--owner', 'second@example.test', '--json'])
    expect(JSON.parse(loaded.out)).toMatchObject([{ status: 'applied', counts: { create: 2, error: 0 } }])
    const again = await kartoteka(['import', table, '--json'])
    expect(JSON.parse(again.out)).toMatchObject([{ status: 'applied', counts: { create: 0, skip: 2 } }])
    const written = join(folder, 'выгрузка.csv')
    expect((await kartoteka(['export', written, '--as', 'head@example.test'])).code).toBe(0)
    expect(readFileSync(written, 'utf8')).toContain('+7 (495) 000-00-02')
    const refused = await kartoteka(['export', written, '--as', 'second@example.test'])
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('Выгрузка вам не разрешена') })
  })

  test('a copy is read into a folder that is not there yet, and refused by one that is in use', async () => {
    const file = join(folder, 'copies', 'today')
    const elsewhere = join(folder, 'restored', 'here')
    expect((await kartoteka(['restore', file], { KARTOTEKA_DATA: elsewhere })).code).toBe(0)
    expect((await kartoteka(['doctor'], { KARTOTEKA_DATA: elsewhere })).code).toBe(0)
    expect(await kartoteka(['restore', file])).toMatchObject({
      code: 1,
      err: expect.stringContaining('не пуста'),
    })
  })
})
