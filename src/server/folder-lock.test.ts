import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { holderOf, takeFolder } from './folder-lock.ts'
import { isAlive, ownIdentity } from './process-identity.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kartoteka-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const leave = (holder: object | string) =>
  writeFileSync(join(folder, 'running.json'), typeof holder === 'string' ? holder : JSON.stringify(holder))

test('a folder is taken once, and the refusal names process and address', async () => {
  const lock = await takeFolder(folder, 'start')
  lock.announce('http://127.0.0.1:3000')
  await expect(takeFolder(folder, 'start')).rejects.toMatchObject({
    reason: 'folder-in-use',
    message: expect.stringMatching(new RegExp(`${process.pid}, http://127\\.0\\.0\\.1:3000`)),
  })
  lock.release()
  expect(holderOf(folder)).toBeNull()
  ;(await takeFolder(folder, 'backup')).release()
})

test('the lock of a killed process is taken over', async () => {
  const child = spawn('sleep', ['60'])
  leave({
    ...ownIdentity(),
    pid: child.pid,
    mark: null,
    startedAt: Date.now(),
    command: 'start',
    url: null,
    leaving: false,
  })
  expect(holderOf(folder)).not.toBeNull()
  child.kill('SIGKILL')
  await new Promise((resolve) => child.once('exit', resolve))
  ;(await takeFolder(folder, 'start')).release()
})

test('a process that was given the number of a dead one does not hold its lock', async () => {
  expect(isAlive(ownIdentity())).toBe(true)
  expect(isAlive({ ...ownIdentity(), mark: 'another boot:1' })).toBe(false)
  leave({ ...ownIdentity(), mark: 'another boot:1', command: 'start', url: null, leaving: false })
  ;(await takeFolder(folder, 'start')).release()
})

test('a lock torn by a power cut holds nobody', async () => {
  leave('')
  ;(await takeFolder(folder, 'start')).release()
})

test('of many at once over a dead lock exactly one gets the folder', async () => {
  leave({ ...ownIdentity(), mark: 'another boot:1', command: 'start', url: null, leaving: false })
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => takeFolder(folder, 'start')))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('a start waits for one that is leaving', async () => {
  const lock = await takeFolder(folder, 'start')
  lock.leave()
  setTimeout(() => lock.release(), 1200)
  ;(await takeFolder(folder, 'start')).release()
})
