import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const folder = join(import.meta.dirname, '../dist/web')

interface Chunk {
  file: string
  css?: string[]
  imports?: string[]
}

const words = (...features: string[]) => features.map((name) => `features/${name}/web/words.ru.ts`)
const always = ['web/i18n/words.ru.ts', 'app/frame/words.ru.ts']

/**
 * Screens by the heaviest of their own: what a visit that opens it directly draws, beside the page itself, and the words it says.
 * The table brings its grid; a card opened by its address stands without the table.
 */
export const screens: Record<string, string[]> = {
  'sign-in': ['features/people/web/SignInPage.tsx', ...words('people')],
  'my day': [
    'features/my-day/web/MyDayPage.tsx',
    'features/activities/web/ReminderBells.tsx',
    ...words(
      'my-day',
      'activities',
      'changes',
      'clients',
      'files',
      'fill-requests',
      'reports',
      'substitutions',
    ),
  ],
  table: [
    'features/clients/web/ClientsPage.tsx',
    'features/clients/web/ClientsTable.tsx',
    'features/activities/web/ReminderBells.tsx',
    'web/grid/Grid.tsx',
    ...words('clients', 'changes', 'views'),
  ],
  card: [
    'features/clients/web/ClientsPage.tsx',
    'features/clients/web/ClientCard.tsx',
    'features/activities/web/ReminderBells.tsx',
    ...words('clients', 'activities', 'changes', 'files', 'substitutions'),
  ],
  report: [
    'features/reports/web/ContactInfoPage.tsx',
    'features/activities/web/ReminderBells.tsx',
    ...words('reports', 'clients', 'fill-requests', 'views'),
  ],
}

/** Kilobytes of gzip a browser that has nothing yet loads to draw a screen. Null where nothing is built. */
export function directLoad(screen: string): number | null {
  const manifest = join(folder, '.vite/manifest.json')
  if (!existsSync(manifest)) return null
  const chunks = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, Chunk>
  const needed = new Set<string>()
  const bring = (name: string) => {
    if (needed.has(name)) return
    needed.add(name)
    for (const part of chunks[name]?.imports ?? []) bring(part)
  }
  for (const source of ['index.html', ...[...always, ...screens[screen]!].map((name) => `src/${name}`)]) {
    if (!chunks[source]) throw new Error(`No file was built from ${source}`)
    bring(source)
  }
  const files = new Set([...needed].flatMap((name) => [chunks[name]!.file, ...(chunks[name]!.css ?? [])]))
  return ['index.html', ...files].reduce((sum, name) => sum + gzipOf(name), 0) / 1024
}

/** Bytes of a built file as they travel. */
export const gzipOf = (name: string) => gzipSync(readFileSync(join(folder, name))).length
