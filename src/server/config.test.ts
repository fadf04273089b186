import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addressOf, isLoopback, readConfig } from './config.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kartoteka-config-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const read = (env: NodeJS.ProcessEnv = {}) =>
  readConfig({ KARTOTEKA_DATA: join(folder, 'new', 'data'), ...env })

test('a missing data folder is made, with a key only its owner can read', () => {
  const { dataDir, secret } = read()
  const file = join(dataDir, 'secret')
  expect(readFileSync(file, 'utf8').trim()).toBe(secret.toString())
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(read().secret).toEqual(secret)
})

test('the environment wins over kartoteka.env, and an empty variable is none', () => {
  const { dataDir } = read()
  writeFileSync(
    join(dataDir, 'kartoteka.env'),
    '\uFEFFPORT=4000\nHOST="0.0.0.0"\n# a remark\nKARTOTEKA_URL=https://base.example/\n',
  )
  expect(read({ PORT: '5000', HOST: ' ' })).toMatchObject({
    port: 5000,
    host: '0.0.0.0',
    url: 'https://base.example',
    urlGiven: true,
  })
})

test('without settings only this computer is served', () => {
  expect(read()).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    url: 'http://127.0.0.1:3000',
    urlGiven: false,
    databaseUrl: null,
    admin: null,
  })
})

test.each([
  [{ PORT: 'abc' }, 'port-unfit'],
  [{ PORT: '70000' }, 'port-unfit'],
  [{ KARTOTEKA_TLS_CERT: '/nowhere' }, 'tls-half'],
  [{ KARTOTEKA_TLS_CERT: '/nowhere', KARTOTEKA_TLS_KEY: '/nowhere' }, 'file-unreadable'],
])('%o is refused as %s', (env, reason) => {
  expect(() => read(env)).toThrow(expect.objectContaining({ reason }))
})

test('a torn key file is refused, not replaced', () => {
  const { dataDir } = read()
  writeFileSync(join(dataDir, 'secret'), 'torn')
  expect(() => read()).toThrow(expect.objectContaining({ reason: 'secret-damaged' }))
})

test('TRUST_PROXY counts proxies, names them or trusts all', () => {
  const hops = read({ TRUST_PROXY: '2' }).trustProxy as (address: string, hop: number) => boolean
  expect([hops('', 0), hops('', 1), hops('', 2)]).toEqual([true, true, false])
  expect(read({ TRUST_PROXY: '10.0.0.1' }).trustProxy).toBe('10.0.0.1')
  expect(read({ TRUST_PROXY: 'true' }).trustProxy).toBe(true)
  expect(read({ TRUST_PROXY: '0' }).trustProxy).toBe(false)
})

test.each([
  ['0.0.0.0', 'http://localhost:80', false],
  ['::1', 'http://[::1]:80', true],
  ['127.0.0.2', 'http://127.0.0.2:80', true],
  ['192.168.1.5', 'http://192.168.1.5:80', false],
])('the host %s is opened as %s', (host, url, loopback) => {
  expect(addressOf(host, 80, false)).toBe(url)
  expect(isLoopback(host)).toBe(loopback)
})
