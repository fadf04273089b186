import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'
import { largestFile } from '#features/files/contract.ts'

const world = testWorld()
let manager: Person
let stranger: Person
let head: Person
let client: string

beforeAll(async () => {
  manager = await world.person('manager')
  stranger = await world.person('manager')
  head = await world.person('head')
  client = (await manager.post('/clients', { name: 'ООО «Луч»', people: [{ name: 'Пётр' }] })).body.id
})

const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), randomBytes(100)])
const pdf = Buffer.from('%PDF-1.4\n% проба\n')
const nothingKept = async () => {
  const [row] = await world.sql<{ files: number; chunks: number }>(
    'select (select count(*) from files)::int as files, (select count(distinct file_id) from file_chunks)::int as chunks',
  )
  return row!
}
const put = (name: string, data: Uint8Array, fields = {}) =>
  manager.upload(`/clients/${client}/files`, { name, data }, fields)

describe('attaching', () => {
  test('what was sent comes back byte for byte, under its Cyrillic name', async () => {
    const data = randomBytes(700_000)
    const made = await put('Договор № 5 «Луч».docx', data)
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      clientId: client,
      name: 'Договор № 5 «Луч».docx',
      size: 700_000,
      mediaType: 'application/octet-stream',
      sha256: createHash('sha256').update(data).digest('hex'),
      createdBy: manager.id,
    })
    const content = await manager.get(`/files/${made.body.id}/content`)
    expect(content.raw.equals(data)).toBe(true)
    expect(content.headers['content-length']).toBe('700000')
    expect(content.headers['content-disposition']).toBe(
      `attachment; filename="_______ _ 5 _____.docx"; filename*=UTF-8''${encodeURIComponent('Договор № 5 «Луч».docx')}`,
    )
    expect(content.headers['x-content-type-options']).toBe('nosniff')
    expect((await manager.get(`/clients/${client}/files`)).body[0]).toEqual(made.body)
    expect((await manager.get(`/files/${made.body.id}`)).body).toEqual(made.body)
  })

  test('a file of exactly 25 MB is taken, one byte more is refused with a sentence and leaves nothing', async () => {
    const data = randomBytes(largestFile)
    const made = await put('большой.zip', data)
    expect(made.status).toBe(201)
    const content = await manager.get(`/files/${made.body.id}/content`)
    expect(content.raw.equals(data)).toBe(true)
    const before = await nothingKept()
    const refused = await put('больше.zip', Buffer.concat([data, Buffer.from([1])]))
    expect(refused.status).toBe(413)
    expect(refused.body.title).toContain('25 МБ')
    expect(await nothingKept()).toEqual(before)
  })

  test('it may belong to a person and to an entry of this client, not of another', async () => {
    const person = (await manager.get(`/clients/${client}`)).body.people[0].id
    const note = (await manager.post('/activities', { clientId: client, kind: 'note', text: 'скан' })).body.id
    const made = await put('скан.pdf', pdf, { personId: person, activityId: note })
    expect(made.body).toMatchObject({ personId: person, activityId: note, mediaType: 'application/pdf' })
    const other = (await manager.post('/clients', { name: 'Другой', people: [{ name: 'Иван' }] })).body
    const foreignNote = (await manager.post('/activities', { clientId: other.id, kind: 'note' })).body.id
    const before = await nothingKept()
    expect((await put('а.pdf', pdf, { personId: other.people[0].id })).body.errors[0].path).toBe('personId')
    expect((await put('а.pdf', pdf, { activityId: foreignNote })).body.errors[0].path).toBe('activityId')
    expect((await put('а.pdf', pdf, { personId: 'кто-то' })).status).toBe(422)
    expect(await nothingKept()).toEqual(before)
  })

  test('fields may come after the file', async () => {
    const person = (await manager.get(`/clients/${client}`)).body.people[0].id
    const body = `--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nтекст\r\n--x\r\ncontent-disposition: form-data; name="personId"\r\n\r\n${person}\r\n--x--\r\n`
    const made = await manager.call('POST', `/clients/${client}/files`, body, {
      'content-type': 'multipart/form-data; boundary=x',
    })
    expect(made.body.personId).toBe(person)
  })

  test.each([
    ['program.exe', Buffer.from('x')],
    ['сценарий.JS', Buffer.from('x')],
    ['отчёт.pdf.lnk ', Buffer.from('x')],
    ['прайс.xlsx', Buffer.from('MZ\x90\x00')],
  ])('a program is not taken: %s', async (name, data) => {
    const before = await nothingKept()
    const refused = await put(name, data)
    expect(refused.status).toBe(422)
    expect(refused.body.type).toBe('program-refused')
    expect(await nothingKept()).toEqual(before)
  })

  test.each([
    ['JSON instead of a form', 'application/json', '{}', 415],
    [
      'a form without a file',
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
      422,
    ],
    [
      'an empty file',
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n\r\n--x--\r\n',
      422,
    ],
    [
      'a form cut off',
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nпол',
      400,
    ],
    [
      'two files at once',
      'multipart/form-data; boundary=x',
      `${['a', 'b'].map((name) => `--x\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n1\r\n`).join('')}--x--\r\n`,
      422,
    ],
  ])('%s is refused with a sentence, nothing is kept', async (_, type, body, status) => {
    const before = await nothingKept()
    const refused = await manager.call('POST', `/clients/${client}/files`, body, { 'content-type': type })
    expect(refused.status).toBe(status)
    expect(refused.body.title).toMatch(/[а-я]{4,}/)
    expect(await nothingKept()).toEqual(before)
  })

  test('a sender that breaks off leaves neither row nor temporary file', async () => {
    const before = await nothingKept()
    const port = await listening()
    let arrived = 0
    await new Promise<void>((resolve) => {
      const sending = request({
        port,
        method: 'POST',
        path: `/api/clients/${client}/files`,
        headers: {
          authorization: `Bearer ${manager.token}`,
          'content-type': 'multipart/form-data; boundary=x',
          'content-length': 5_000_000,
        },
      })
      sending.on('error', () => resolve())
      sending.write('--x\r\ncontent-disposition: form-data; name="file"; filename="a.brokenoff"\r\n\r\n')
      sending.write(Buffer.alloc(1_000_000, 'а'))
      setTimeout(
        () =>
          void spooled().then((files) => {
            arrived = files.length
            sending.destroy(new Error('broken off'))
          }),
        150,
      )
    })
    expect(arrived).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(await nothingKept()).toEqual(before)
    expect(await spooled()).toEqual([])
    expect((await put('после.txt', Buffer.from('всё работает'))).status).toBe(201)
  })
})

describe('showing', () => {
  test.each([
    ['рисунок.png', png, 'image/png', 'inline'],
    ['скан.pdf', pdf, 'application/pdf', 'inline'],
    ['страница.html', Buffer.from('<script>alert(1)</script>'), 'application/octet-stream', 'attachment'],
    [
      'знак.svg',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      'application/octet-stream',
      'attachment',
    ],
    ['подделка.png', Buffer.from('<html>не рисунок</html>'), 'application/octet-stream', 'attachment'],
  ])('%s', async (name, data, type, way) => {
    const { id } = (await put(name, data)).body
    const shown = await manager.get(`/files/${id}/content?inline=1`)
    expect(shown.headers['content-type']).toBe(type)
    expect(String(shown.headers['content-disposition'])).toMatch(new RegExp(`^${way};`))
    expect(String(shown.headers['content-security-policy'])).toContain(`default-src 'none'`)
    if (type !== 'application/pdf')
      expect(String(shown.headers['content-security-policy'])).toContain('sandbox')
    const saved = await manager.get(`/files/${id}/content`)
    expect(String(saved.headers['content-disposition'])).toMatch(/^attachment;/)
  })

  test('a name cannot break out of its header', async () => {
    const { id, name } = (await put('a%22; x=y\r\nset-cookie: b=c.txt', Buffer.from('1'))).body
    expect(name).not.toMatch(/[\r\n]/)
    const { headers } = await manager.get(`/files/${id}/content`)
    expect(headers['set-cookie']).toBeUndefined()
  })
})

describe('rights', () => {
  test("of a stranger's file there is no byte, by any road", async () => {
    const secret = Buffer.from(`секрет ${'и'.repeat(400_000)}`)
    const { id } = (await put('секрет.txt', secret)).body
    const roads = [
      await stranger.get(`/clients/${client}/files`),
      await stranger.get(`/files/${id}`),
      await stranger.get(`/files/${id}/content`),
      await stranger.del(`/files/${id}`),
      await stranger.post(`/files/${id}/restoration`),
      await stranger.upload(`/clients/${client}/files`, { name: 'а.txt', data: Buffer.from('а') }),
    ]
    for (const answer of roads) {
      expect(answer.status).toBe(404)
      expect(answer.raw.includes('секрет')).toBe(false)
    }
    expect((await head.get(`/files/${id}/content`)).raw.equals(secret)).toBe(true)
    expect((await world.stranger.get(`/files/${id}/content`)).status).toBe(401)
    await manager.patch(`/clients/${client}`, {
      version: (await manager.get(`/clients/${client}`)).body.version,
      managerIds: [stranger.id],
    })
    expect((await stranger.get(`/files/${id}/content`)).status).toBe(200)
    await manager.patch(`/clients/${client}`, {
      version: (await manager.get(`/clients/${client}`)).body.version,
      managerIds: [],
    })
    expect((await stranger.get(`/files/${id}/content`)).status).toBe(404)
  })
})

describe('deleting', () => {
  test('a deleted file is out of sight and comes back whole', async () => {
    const { id } = (await put('временно.txt', Buffer.from('содержимое'))).body
    expect((await manager.del(`/files/${id}`)).status).toBe(200)
    expect((await manager.get(`/files/${id}`)).status).toBe(404)
    expect((await manager.get(`/files/${id}/content`)).status).toBe(404)
    expect((await manager.get(`/clients/${client}/files`)).raw.includes(id)).toBe(false)
    expect((await manager.del(`/files/${id}`)).status).toBe(404)
    expect((await manager.post(`/files/${id}/restoration`)).status).toBe(200)
    expect((await manager.get(`/files/${id}/content`)).body).toBe('содержимое')
    expect((await manager.post(`/files/${id}/restoration`)).status).toBe(404)
  })

  test('after 30 days the content is gone for good', async () => {
    const { id } = (await put('давно.txt', Buffer.from('1'))).body
    await manager.del(`/files/${id}`)
    await world.sql(
      `with s as (select set_config('app.change_set', id::text, true) as given from change_sets where act = 'file.delete' limit 1)
       update files set deleted_at = now() - interval '31 days' from s where id = '${id}' and given <> ''`,
    )
    await put('новый.txt', Buffer.from('1'))
    expect(await world.sql('select 1 from file_chunks where file_id = $1', [id])).toHaveLength(0)
    expect((await manager.post(`/files/${id}/restoration`)).status).toBe(404)
  })
})

let listens: Promise<number> | undefined
const listening = () =>
  (listens ??= world.app
    .listen({ port: 0, host: '127.0.0.1' })
    .then(() => (world.app.server.address() as AddressInfo).port))

const spooled = async () => (await readdir(tmpdir())).filter((name) => name.endsWith('.brokenoff'))
