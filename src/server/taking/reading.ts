import type pg from 'pg'
import type { Logger } from 'pino'
import { Problem } from '#server/http/problem.ts'

export type ReadingKind = 'list' | 'card' | 'report' | 'file' | 'api' | 'copy' | 'print'

/** Kinds that add up to the day's measure; the others have a measure of their own. */
const measured = new Set<ReadingKind>(['list', 'card', 'report', 'api'])

interface Gathered {
  person: string
  at: string
  kind: ReadingKind
  rows: number
  times: number
}

/** How a person stood when it was last added up, and what he has read since. `most` null: as much as he likes. */
interface Standing {
  read: number
  most: number | null
  held: boolean
  since: number
}

const flushMs = 3_000
/** Questions of a day remembered in all; beyond that an old question counts as a new one. */
const mostAsked = 200_000

/**
 * Counts what people read without a write a read: gathered here, added up in the base every few seconds, where several processes meet.
 * The same question asked again within a day is a look at the same rows: a screen that renews itself reads nothing new.
 */
export class Reading {
  private readonly owner: pg.Pool
  private readonly log: Logger
  private readonly now: () => Date
  private gathered = new Map<string, Gathered>()
  private readonly standings = new Map<string, Standing>()
  private readonly asked = new Map<string, Set<number>>()
  private askedDay = ''
  private askedCount = 0
  private timer: NodeJS.Timeout | undefined
  private flushing: Promise<void> = Promise.resolve()

  constructor(owner: pg.Pool, log: Logger, now: () => Date) {
    this.owner = owner
    this.log = log
    this.now = now
  }

  /** `question`: what was asked, so that the same is counted once a day; none: always counted. */
  note(person: string, kind: ReadingKind, rows: number, question?: string) {
    if (rows === 0) return
    const at = this.now().toISOString()
    if (question !== undefined && this.isKnown(person, kind + question, at.slice(0, 10))) return
    const key = `${person} ${kind} ${at.slice(0, 13)}`
    const sum = this.gathered.get(key)
    if (sum) {
      sum.rows += rows
      sum.times += 1
    } else this.gathered.set(key, { person, at, kind, rows, times: 1 })
    const standing = this.standings.get(person)
    if (standing && measured.has(kind)) standing.since += rows
    // Of somebody not met yet nobody knows how much he has read elsewhere: looked up at once.
    this.timer ??= setTimeout(() => void this.flush(), standing ? flushMs : 0).unref()
  }

  /** Quick, without the base: whether `admit` has to be asked. */
  mayBeHeld(person: string): boolean {
    const standing = this.standings.get(person)
    if (!standing) return false
    return standing.held || (standing.most !== null && standing.read + standing.since > standing.most)
  }

  /** @throws Problem 403 where a person has read his measure, and his quota of export too */
  async admit(person: string) {
    await this.flush()
    const { rows } = await this.owner.query<Omit<Standing, 'since'>>(
      'select read, most, held from reading_of($1, $2)',
      [person, this.now().toISOString()],
    )
    const standing = rows[0]!
    this.standings.set(person, { ...standing, since: this.waitingOf(person) })
    if (standing.held) throw readingLimit(standing.read, standing.most!)
  }

  /** Adds up what was gathered; one after another. */
  flush(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    return (this.flushing = this.flushing.then(() => this.addUp()))
  }

  async stop() {
    await this.flush()
    clearTimeout(this.timer)
  }

  private async addUp() {
    if (this.gathered.size === 0) return
    const batch = [...this.gathered.values()]
    this.gathered = new Map()
    try {
      const { rows } = await this.owner.query<Omit<Standing, 'since'> & { person: string }>(
        'select person, read, most, held from count_reading($1, $2)',
        [JSON.stringify(batch), this.now().toISOString()],
      )
      for (const { person, ...standing } of rows)
        this.standings.set(person, { ...standing, since: this.waitingOf(person) })
    } catch (error) {
      // Counted with the next: a base that is away for a moment loses nothing.
      this.log.warn(`reading: ${(error as Error).message}`)
      for (const sum of batch) this.putBack(sum)
      this.timer ??= setTimeout(() => void this.flush(), flushMs).unref()
    }
  }

  /** Rows of a person read since the last adding up. */
  private waitingOf(person: string): number {
    let rows = 0
    for (const sum of this.gathered.values())
      if (sum.person === person && measured.has(sum.kind)) rows += sum.rows
    return rows
  }

  private putBack(sum: Gathered) {
    const key = `${sum.person} ${sum.kind} ${sum.at.slice(0, 13)}`
    const later = this.gathered.get(key)
    if (later) {
      later.rows += sum.rows
      later.times += sum.times
    } else this.gathered.set(key, sum)
  }

  private isKnown(person: string, question: string, day: string): boolean {
    if (day !== this.askedDay || this.askedCount > mostAsked) {
      this.asked.clear()
      this.askedDay = day
      this.askedCount = 0
    }
    const hash = hashOf(question)
    let known = this.asked.get(person)
    if (!known) this.asked.set(person, (known = new Set()))
    if (known.has(hash)) return true
    known.add(hash)
    this.askedCount += 1
    return false
  }
}

/** FNV-1a over the letters, in 53 bits: an address is hashed in a fraction of a microsecond. */
function hashOf(text: string): number {
  let low = 0x811c9dc5
  let high = 0x1b873593
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    low = Math.imul(low ^ code, 0x01000193)
    high = Math.imul(high ^ code, 0x85ebca6b)
  }
  return (high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0)
}

const ru = new Intl.NumberFormat('ru-RU')
const en = new Intl.NumberFormat('en-GB')

const readingLimit = (read: number, most: number) =>
  new Problem(
    403,
    'reading-limit',
    {
      ru: `За сегодня прочитано строк: ${ru.format(read)}. Больше ${ru.format(most)} в день считается выгрузкой, а её квота исчерпана. Попросите руководителя на экране «Кто что уносит».`,
      en: `Rows read today: ${en.format(read)}. More than ${en.format(most)} a day is an export, and its quota is used up. Ask the head on the screen “Who takes what”.`,
    },
    { read, most, ask: { road: 'reading', selection: {}, columns: [], rows: 1000 } },
  )
