import type pg from 'pg'
import type { Caller } from '#server/auth/caller.ts'
import type { Database } from '#server/db/database.ts'
import { asCaller, type Tx } from '#server/db/tx.ts'
import type { Language } from '#server/http/problem.ts'
import type { Block } from './compose.ts'
import { post } from './outbox.ts'

/** Who gets a letter. */
export interface Reader {
  id: string
  role: Caller['role']
  name: string
  email: string
  language: Language
}

/** Which day a letter tells of, by whose clock. */
export interface Occasion {
  /** The company's. */
  day: string
  timeZone: string
  now: Date
  /** Where links lead, without a slash at the end; null: the installation has named no address, letters go without links. */
  url: string | null
}

/** A letter of every working day: in the morning to each of his own day, in the evening to heads and team heads of their people's. */
export interface DailyLetter {
  kind: 'morning' | 'day'
  /** Reads as the person himself. @returns null where there is nothing to say */
  compose(
    tx: Tx,
    reader: Reader,
    occasion: Occasion,
  ): Promise<{ subject: string; blocks: readonly Block[] } | null>
}

export interface LetterContext {
  database: Database
  now: () => Date
  /** Whether that clock is not the computer's: statements then go by it too. */
  ownClock: boolean
  publicUrl: string | null
}

/** Looks once a minute whether there is something to write. */
export type LetterWriter = (context: LetterContext) => Promise<void>

/** A letter that is due is written within so many hours; a computer switched on later sends none of the morning's. */
const hoursLate = 3
/** Letters with nothing to say: not read together anew every minute. */
const empty = new Set<string>()

/** Writes the letters whose hour has come. The same letter is never written twice, by whichever process. */
export async function writeDailyLetters(
  context: LetterContext,
  letters: readonly DailyLetter[],
): Promise<void> {
  const clock = await clockOf(context.database.owner, context.now())
  if (!clock) return
  for (const key of empty) if (!key.includes(clock.day)) empty.delete(key)
  for (const letter of letters) if (clock.due.includes(letter.kind)) await writeTo(context, clock, letter)
}

interface Clock {
  day: string
  timeZone: string
  /** When the company's day ends: no letter of it leaves after. */
  midnight: string
  /** Kinds of letters whose hour it is. */
  due: DailyLetter['kind'][]
}

/** What time it is in the company; undefined on a day on which no letters leave. */
async function clockOf(owner: pg.Pool, now: Date): Promise<Clock | undefined> {
  const { rows } = await owner.query<Clock>(
    `select local::date::text as day, time_zone as "timeZone", (local::date + 1)::timestamp at time zone time_zone as midnight,
       array_remove(array[
         case when local::time >= morning_letter_at and local < local::date + morning_letter_at + $2::interval then 'morning' end,
         case when local::time >= day_letter_at and local < local::date + day_letter_at + $2::interval then 'day' end], null) as due
     from (select *, $1::timestamptz at time zone time_zone as local from company) c
     where extract(isodow from local)::int = any (letter_weekdays)`,
    [now, `${hoursLate} hours`],
  )
  return rows[0]
}

async function writeTo(context: LetterContext, clock: Clock, { kind, compose }: DailyLetter) {
  const { database, now, publicUrl } = context
  for (const reader of await readersOf(database.owner, kind, clock.day)) {
    const key = `${kind}/${clock.day}/${reader.id}`
    if (empty.has(key)) continue
    const occasion = { day: clock.day, timeZone: clock.timeZone, now: now(), url: publicUrl }
    const letter = await asCaller(
      database.app,
      { userId: reader.id },
      (tx) => compose(tx, reader, occasion),
      { mode: 'read', roleHint: reader.role, ...(context.ownClock && { now: now() }) },
    )
    if (!letter) {
      empty.add(key)
      continue
    }
    const { id, name, email } = reader
    const to = { key, userId: id, address: email, name, expiresAt: new Date(clock.midnight) }
    await post(database.owner, { ...to, ...letter }, now())
  }
}

/** Who has not had this day's letter yet. */
async function readersOf(owner: pg.Pool, kind: DailyLetter['kind'], day: string): Promise<Reader[]> {
  const wants =
    kind === 'morning'
      ? `u.role <> 'admin' and u.morning_letter`
      : `u.role in ('head', 'team-head') and u.day_letter`
  const { rows } = await owner.query<Reader>(
    `select u.id, u.role, u.name, u.email, coalesce(u.language, c.language) as language from users u cross join company c
     where u.active and ${wants} and not exists (select 1 from letters l where l.key = $1 || u.id)
     order by u.name_key, u.id`,
    [`${kind}/${day}/`],
  )
  return rows
}
