import { chmod, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Sets one key of `kartoteka.env` in the data folder; every other line stays as its author left it.
 * Written beside and renamed, so that a crash leaves the old file or the new one.
 */
export async function writeSetting(dataDir: string, key: string, value: string) {
  const file = join(dataDir, 'kartoteka.env')
  const before = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const lines = before === '' ? [] : before.replace(/\r?\n$/, '').split(/\r?\n/)
  const ofKey = new RegExp(`^\\s*(export\\s+)?${key}\\s*=`)
  const at = lines.findIndex((line) => ofKey.test(line))
  const after = lines.filter((line, index) => index === at || !ofKey.test(line))
  after.splice(at === -1 ? after.length : at, at === -1 ? 0 : 1, `${key}=${value}`)
  const draft = `${file}.${process.pid}`
  await writeFile(draft, `${after.join('\n')}\n`, { mode: 0o600 })
  await chmod(draft, 0o600)
  await rename(draft, file)
}
