import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type TestWorld, testWorld } from '#app/testing.ts'
import { applied, uploaded } from './testing-import.ts'

/** Files of other programs, kept beside the project and never in it. */
const SAMPLES = resolve('../shared/samples')
const present = existsSync(SAMPLES)
const TABLES = new Set(['.xlsx', '.csv', '.xls', '.ods', '.txt', '.tsv'])

/** What keeps the base in order meanwhile may meet the many locks of this in another order: then the base gives one of the two up. */
async function emptied(world: TestWorld, tries = 5): Promise<void> {
  try {
    await world.sql(
      'truncate clients, seats, people, contacts, bank_accounts, files, file_chunks, activities, client_search, client_words, client_states, import_marks cascade',
    )
  } catch (error) {
    if ((error as { code?: string }).code !== '40P01' || tries === 1) throw error
    await emptied(world, tries - 1)
  }
}

/** The name says it aloud where the folder is missing. */
describe.skipIf(!present)(
  present ? 'samples of other programs' : 'SKIPPED: no ../shared/samples beside the project',
  () => {
    const world = testWorld()
    const files = (present ? readdirSync(SAMPLES, { recursive: true, withFileTypes: true }) : [])
      .filter((entry) => entry.isFile() && TABLES.has(extname(entry.name)))
      .map((entry) => join(entry.parentPath, entry.name))

    test.each(files)(
      '%s is applied and nothing new the second time, or refused',
      { timeout: 60_000 },
      async (path) => {
        // Every sample meets an empty base: what another one holds would make its rows doubtful.
        await emptied(world)
        const head = await world.person('head')
        const data = readFileSync(path)
        const first = await uploaded(head, data, {}, path)
        if (first.status === 'refused') {
          expect(first.problem).toMatch(/^[А-Я].+[.]$/)
          return
        }
        expect(first).toMatchObject({ status: 'ready', problem: null })
        const done = await applied(head, first)
        expect(done.status).toBe('applied')
        expect(first.counts.create).toBeGreaterThan(0)
        const [clients] = await world.sql<{ count: number }>('select count(*)::int as count from clients')
        expect(clients!.count).toBe(first.counts.create)
        const again = await applied(head, await uploaded(head, data, {}, path))
        expect(again).toMatchObject({ status: 'applied', counts: { create: 0, update: 0, doubtful: 0 } })
        expect(again.counts.skip).toBe(first.counts.create + first.counts.skip)
      },
    )
  },
)
