import { beforeAll, describe, expect, test } from 'vitest'
import { askAs, asksOf, traceOf } from './rights/ask.ts'
import { leaksOf } from './rights/leaks.ts'
import { type Cast, expectedOf, makeCast, type SituationName, situations } from './rights/situations.ts'
import { type Rule, table } from './rights/table.ts'
import { testWorld } from './testing.ts'

const world = testWorld()
let cast: Cast
beforeAll(async () => {
  cast = await makeCast(world)
})

// A call that ends the asker's own session is no question about somebody else's record.
const asked = Object.entries(table).filter(([, { fresh }]) => !fresh)

/** One record does for all calls that may not change it; those that read another one than those that write, which may leave a namesake. */
const unchanged = new Map<string, ReturnType<(typeof situations)['before']['arrange']>>()

describe.each(Object.entries(situations))('%s', (situation, { arrange, can, hidden }) => {
  const name = situation as SituationName
  const arranged = (endpoint: string, rule: Rule) => {
    const reads = endpoint.startsWith('GET ')
    if (rule.remembers || (!reads && (can === 'work' || name === 'former'))) return arrange(world, cast)
    const key = `${name} ${reads}`
    const made = unchanged.get(key) ?? arrange(world, cast)
    unchanged.set(key, made)
    return made
  }
  test.each(asked)('%s', async (endpoint, rule) => {
    const { foreign, asker } = await arranged(endpoint, rule)
    const before = await traceOf(world, foreign)
    for (const [at, ask] of asksOf(rule, foreign, 'manager').entries()) {
      const answer = await askAs(world, asker, endpoint, ask, rule.file)
      const said = `${endpoint} ${JSON.stringify(ask)}`
      const expected = expectedOf(rule, endpoint.split(' ')[0]!, name, at)
      if (expected === undefined) expect(answer.status, said).toBeLessThan(500)
      else expect(answer.status, `${said}: ${JSON.stringify(answer.body).slice(0, 300)}`).toBe(expected)
      expect(leaksOf(answer, hidden(foreign), said), said).toEqual([])
    }
    if (endpoint.startsWith('GET ') || (can !== 'work' && name !== 'former'))
      expect(await traceOf(world, foreign), `${endpoint} left a trace`).toEqual(before)
  })
})
