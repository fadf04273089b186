import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeSetting } from './settings-file.ts'

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'kartoteka-settings-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

const text = () => readFile(join(folder, 'kartoteka.env'), 'utf8')

test('a missing file is made, readable by its owner alone', async () => {
  await writeSetting(folder, 'HOST', '0.0.0.0')
  expect(await text()).toBe('HOST=0.0.0.0\n')
  if (process.platform !== 'win32')
    expect((await stat(join(folder, 'kartoteka.env'))).mode & 0o777).toBe(0o600)
})

test('other lines and comments stay where they are; a repeated key becomes one', async () => {
  await writeFile(join(folder, 'kartoteka.env'), '# ours\nPORT=3000\nHOST=127.0.0.1\nHOSTNAME=x\nHOST=::1')
  await writeSetting(folder, 'HOST', '0.0.0.0')
  expect(await text()).toBe('# ours\nPORT=3000\nHOST=0.0.0.0\nHOSTNAME=x\n')
})
