import { expect, test } from 'vitest'
import { testWorld } from '#app/testing.ts'

const world = testWorld()

test.each(['app', 'owner'] as const)(
  'an act changes a temporary table larger than what reading ahead may hold: %s',
  async (door) => {
    const client = await world.app.kernel.database[door].connect()
    try {
      await client.query('begin')
      await client.query(`create temp table undoing on commit drop as
        select n, repeat('x', 200) as before, null::text as patch from generate_series(1, 40000) n`)
      await client.query('create index on undoing (n)')
      await client.query('analyze undoing')
      await client.query('update undoing set patch = before')
      const { rowCount } = await client.query('update undoing set patch = null where patch is not null')
      expect(rowCount).toBe(40_000)
    } finally {
      client.release(true)
    }
  },
)
