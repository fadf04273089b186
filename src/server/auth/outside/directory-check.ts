import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import { forgetHints } from '#server/auth/caller.ts'
import { atTheGate, type Gate } from '#server/auth/gate.ts'
import { closeAccount, readAdmission, takePlace } from './admit.ts'
import { placeOf } from './groups.ts'
import { stillThere } from './ldap-people.ts'
import type { OutsidePerson } from './outside-person.ts'
import type { DirectorySettings } from './settings.ts'

const firstMs = 60_000
const restMs = 5 * 60_000

/**
 * Looks after everybody who came from the directory: who is gone or disabled there, or whose groups no longer give entry, loses his
 * account's sessions and tokens; changed groups change role and team. A directory that does not answer changes nothing.
 * @returns how many were closed
 * @throws DirectoryAway, or Error where not one of several people is found: a wrong filter rather than a dismissed company
 */
export async function checkDirectory(gate: Gate, settings: DirectorySettings): Promise<number> {
  const { rows } = await gate.query<{ id: string; subject: string }>(
    `select u.id, o.subject from auth.outside_accounts o join users u on u.id = o.user_id
     where o.source = 'directory' and (u.active or exists (select 1 from auth.sessions s where s.user_id = u.id)) order by u.id`,
  )
  if (rows.length === 0) return 0
  const found = await stillThere(
    settings,
    rows.map(({ subject }) => subject),
  )
  if (found.size === 0 && rows.length > 1)
    throw new Error(`the directory knows none of ${rows.length} people: nobody was closed`)
  let closed = 0
  for (const { id, subject } of rows) closed += await settle(gate, id, found.get(subject))
  forgetHints()
  return closed
}

const settle = (gate: Gate, userId: string, person: OutsidePerson | undefined): Promise<number> =>
  atTheGate(gate, async (client) => {
    const place = person && placeOf(await readAdmission(client), person.groups, true)
    if (place) await takePlace(client, userId, place)
    else await closeAccount(client, userId)
    return place ? 0 : 1
  })

/** Every few minutes while the process lives; several processes may do it at once. */
export function startDirectoryCheck(
  gate: Gate,
  settings: DirectorySettings | null,
  log: Logger,
): { stop(): Promise<void> } {
  const ending = new AbortController()
  const work = async (directory: DirectorySettings) => {
    const rested = (ms: number) => pause(ms, true, { signal: ending.signal, ref: false }).catch(() => false)
    for (let going = await rested(firstMs); going; going = await rested(restMs))
      await checkDirectory(gate, directory).catch((error: Error) => log.warn(`directory: ${error.message}`))
  }
  const working = settings ? work(settings) : Promise.resolve()
  return {
    stop: async () => {
      ending.abort()
      await working
    },
  }
}
