import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const folder = join(import.meta.dirname, '../dist/web')

/** Kilobytes of gzip a first visit loads: the page and every script and style it names. Null where nothing is built. */
export function firstLoad(): number | null {
  const page = join(folder, 'index.html')
  if (!existsSync(page)) return null
  const html = readFileSync(page, 'utf8')
  const named = [...html.matchAll(/(?:src|href)="\/?([^"]+\.(?:js|css))"/g)].map((match) => match[1]!)
  const bytes = [...new Set(named)].reduce(
    (sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length,
    gzipSync(html).length,
  )
  return bytes / 1024
}
