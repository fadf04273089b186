import type { Person, TestWorld } from '#app/testing.ts'
import { type Foreign, makeForeign } from './foreign-record.ts'
import type { Rule } from './table.ts'

/**
 * How somebody stands to a record that is not his, beside being a stranger to it: what every endpoint answers him. A further situation
 * is one entry of `situations`.
 */
export interface Situation {
  /** The record, and who asks about it. Nothing of it may have changed where the situation is one that only looks. */
  arrange(world: TestWorld, cast: Cast): Promise<{ foreign: Foreign; asker: Person }>
  /** Sees nothing of it: answered as a stranger to it. Reads: no call may change it. Works: all but what the table names. */
  can: 'nothing' | 'read' | 'work'
  /** What no answer may hold. */
  hidden(foreign: Foreign): string[]
}

/** Whose record it is, and the people around. */
export interface Cast {
  owner: Person
  /** Whose clients go to others. */
  leaver: Person
  head: Person
  person(name: SituationName): Person
}

const all = ({ secrets }: Foreign) => secrets
const personal = ({ personal }: Foreign) => personal
/** What he made and did himself stays his, and he is told of the clients that they went: by their ids. */
function withoutDoings({
  secrets,
  personal,
  clientId,
  archivedId,
  activityDeletionId,
  fillRequestId,
}: Foreign) {
  const his = [...personal, clientId, archivedId, activityDeletionId, fillRequestId]
  const words = /^(Потайной|Удаленный|Пополнение)/
  return secrets.filter((secret) => !his.includes(secret) && !words.test(secret))
}
/** The owner's record; the substitutions are set once, by `makeCast`. */
const ofOwner =
  (name: SituationName) =>
  async (world: TestWorld, { owner, person }: Cast) => ({
    foreign: await makeForeign(world, owner),
    asker: person(name),
  })

const names = ['before', 'to-look', 'to-work', 'after', 'shared', 'heir', 'former'] as const
export type SituationName = (typeof names)[number]

export const situations: Record<SituationName, Situation> = {
  before: { arrange: ofOwner('before'), can: 'nothing', hidden: all },
  'to-look': { arrange: ofOwner('to-look'), can: 'read', hidden: personal },
  'to-work': { arrange: ofOwner('to-work'), can: 'work', hidden: personal },
  after: { arrange: ofOwner('after'), can: 'nothing', hidden: all },
  shared: {
    arrange: async (world, { owner, person }) => ({
      foreign: await makeForeign(world, owner, [person('shared').id]),
      asker: person('shared'),
    }),
    can: 'work',
    hidden: personal,
  },
  heir: {
    arrange: async (world, cast) => ({ foreign: await handedOver(world, cast), asker: cast.person('heir') }),
    can: 'work',
    hidden: personal,
  },
  former: {
    arrange: async (world, cast) => ({ foreign: await handedOver(world, cast), asker: cast.leaver }),
    can: 'nothing',
    hidden: withoutDoings,
  },
}

async function handedOver(world: TestWorld, { leaver, head, person }: Cast): Promise<Foreign> {
  const foreign = await makeForeign(world, leaver)
  const { status, body } = await head.post('/handovers', {
    fromId: leaver.id,
    parts: [{ toId: person('heir').id, filter: {} }],
  })
  if (status !== 201) throw new Error(JSON.stringify(body))
  const { version } = (await head.get(`/clients/${foreign.clientId}`)).body
  return { ...foreign, version }
}

/** People in every situation; the substitutions run, ran and will run by the clock. */
export async function makeCast(world: TestWorld): Promise<Cast> {
  const people = new Map<SituationName, Person>()
  for (const name of names) people.set(name, await world.person('manager', { team: 'Юг' }))
  await world.sql('update users set may_export = true, export_quota = 1000000 where id = any ($1)', [
    [...people.values()].map(({ id }) => id),
  ])
  const cast: Cast = {
    owner: await world.person('manager', { team: 'Север' }),
    leaver: await world.person('manager', { team: 'Север' }),
    head: await world.person('head'),
    person: (name) => people.get(name)!,
  }
  await world.sql('update users set may_export = true, export_quota = 1000000 where id = $1', [
    cast.leaver.id,
  ])
  const day = 24 * 3_600_000
  const set = async (name: SituationName, from: number, to: number, mode: 'full' | 'read') => {
    const { status, body } = await cast.head.post('/substitutions', {
      absentId: cast.owner.id,
      deputyIds: [cast.person(name).id],
      from: new Date(Date.now() + from * day).toISOString(),
      to: new Date(Date.now() + to * day).toISOString(),
      mode,
    })
    if (status !== 201) throw new Error(JSON.stringify(body))
  }
  await set('before', 1, 2, 'full')
  await set('to-look', -1, 1, 'read')
  await set('to-work', -1, 1, 'full')
  await set('after', -2, -1, 'full')
  return cast
}

/**
 * What each ask of a rule is answered: who sees the record as the head is, where a stranger is told that there is none.
 * @returns undefined where the answer is about what the asker made himself
 */
export function expectedOf(rule: Rule, method: string, name: SituationName, at: number): number | undefined {
  const { can } = situations[name]
  const said = rule.situations?.[name] ?? rule.situations?.[can]
  if (said !== undefined) return Array.isArray(said) ? said[at] : said
  const [manager, head] = [1, 4].map((role) => Number(rule.expect.split(' ')[role])) as [number, number]
  if (name === 'former' && manager === 404 && head >= 400) return undefined
  if (can === 'nothing' || manager !== 404 || head >= 400) return manager
  return can === 'read' && method !== 'GET' ? 403 : head
}
