import { beforeAll, describe, expect, test } from 'vitest'
import { gzipSync } from 'node:zlib'
import type { Endpoint } from '#shared/endpoint.ts'
import { somebody, TestBrowser } from './testing-sign-in.ts'
import { type Person, testWorld } from './testing.ts'

const world = testWorld()
let head: Person
let browser: TestBrowser
let writing: Endpoint[]

beforeAll(async () => {
  const who = await somebody(world, 'head')
  head = who
  browser = new TestBrowser(world)
  expect((await browser.signIn(who.email)).status).toBe(200)
  writing = world.app.endpoints.filter(({ method }) => method !== 'GET')
  expect(writing.length).toBeGreaterThan(60)
})

const pathOf = ({ path }: Endpoint) => path.replace(/:\w+/g, '01900000-0000-7000-8000-000000000000')
const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`
const json = { 'content-type': 'application/json' }

describe('every writing route', () => {
  test('is refused to a foreign page with the cookie, whatever it says of itself', async () => {
    const foreign = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]
    for (const endpoint of writing)
      for (const headers of foreign) {
        const answer = await browser.send(endpoint.method, pathOf(endpoint), {}, headers as never)
        expect([answer.status, answer.body.type], nameOf(endpoint)).toEqual([403, 'foreign-origin'])
      }
    expect(await browser.whoAmI()).toBe(200)
  })

  test('reads no body of who is not signed in, and a small one of a stranger where he may write', async () => {
    const large = Buffer.from(JSON.stringify({ text: 'x'.repeat(100_000) }))
    for (const endpoint of writing) {
      const answer = await world.stranger.call(endpoint.method, pathOf(endpoint), large, json)
      expect(answer.status, nameOf(endpoint)).toBe(endpoint.open ? 413 : 401)
      const broken = await world.stranger.call(endpoint.method, pathOf(endpoint), Buffer.from('{'), json)
      expect(broken.status, nameOf(endpoint)).toBe(endpoint.open ? 400 : 401)
    }
  })

  test('takes a megabyte at most, or twenty where rows come in thousands', async () => {
    const bodies = [1, 20].map((megabytes) => Buffer.alloc(megabytes * 1024 ** 2 + 1, ' '))
    for (const endpoint of writing.filter(({ open }) => !open)) {
      const body = bodies[endpoint.largeBody ? 1 : 0]!
      const { status } = await head.call(endpoint.method, pathOf(endpoint), body, json)
      expect(status, nameOf(endpoint)).toBe(413)
    }
  })

  test('refuses JSON nested deeper than any contract, before it is parsed', async () => {
    const deep = Buffer.from(`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)
    for (const endpoint of writing.filter(({ open }) => !open)) {
      const { status } = await head.call(endpoint.method, pathOf(endpoint), deep, json)
      expect(status, nameOf(endpoint)).toBe(400)
    }
  })

  test('unpacks no body: what comes compressed is not read', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 ** 2, ' '))
    for (const endpoint of writing.filter(({ open }) => !open)) {
      const headers = { ...json, 'content-encoding': 'gzip' }
      const { status } = await head.call(endpoint.method, pathOf(endpoint), bomb, headers)
      expect(status, nameOf(endpoint)).toBe(400)
    }
  })
})

describe('every upload', () => {
  const uploads = () => writing.filter(({ upload }) => upload)
  const form = (parts: string[]) => Buffer.from(`${parts.join('')}--b--\r\n`)
  const part = (head: string, body: string) =>
    `--b\r\ncontent-disposition: form-data; ${head}\r\n\r\n${body}\r\n`
  const send = (endpoint: Endpoint, body: Buffer) =>
    head.call(endpoint.method, pathOf(endpoint), body, { 'content-type': 'multipart/form-data; boundary=b' })

  test('has bounds for files, fields and their length', async () => {
    expect(uploads().length).toBeGreaterThan(1)
    const many = form(Array.from({ length: 40 }, (_, n) => part(`name="file"; filename="${n}.txt"`, 'x')))
    const fields = form(Array.from({ length: 40 }, (_, n) => part(`name="f${n}"`, 'x')))
    const long = form([part('name="ownerId"', 'x'.repeat(100_000))])
    for (const endpoint of uploads())
      for (const body of [many, fields, long]) {
        const { status } = await send(endpoint, body)
        expect(status, nameOf(endpoint)).toBeGreaterThanOrEqual(400)
        expect(status, nameOf(endpoint)).toBeLessThan(500)
      }
  })
})
