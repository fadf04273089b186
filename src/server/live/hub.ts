import type { ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { afterCommits } from '#server/db/tx.ts'
import type { Database } from '#server/db/database.ts'
import { type Change, frame, framesOf } from './events.ts'
import { isWithin, parsePosition, type Position, positionOf, positionText } from './position.ts'
import { PresenceBook, type Sign } from './presence.ts'
import * as sql from './statements.ts'
import { type Listener, Stream } from './stream.ts'
import { type Notice, Wire } from './wire.ts'

/** Looking without having been told: another process may be killed between its commit and its notice. */
const lookEveryMs = 1_500
const heartbeatMs = 10_000
const lookAtSessionsMs = 5_000
/** A page of two hundred listeners of one person is a load test; more is a mistake that would cost everybody's memory. */
const mostStreamsOfOne = 300

interface SessionRow {
  sessionId: string
  userId: string
  role: string
  teamId: string | null
  /** For whom he stands in now, as one text. */
  standing: string | null
}

/**
 * The live streams of this process. Whatever they tell is read from the base by one connection, in turn: acts committed anywhere since the
 * last look, each with those of the listeners who see it. Processes on one base knock at each other after commits.
 */
export class Hub {
  private readonly wire: Wire
  private readonly log: Logger
  private readonly ownMoment: () => Date | null
  private readonly streams = new Set<Stream>()
  private readonly book = new PresenceBook()
  private readonly timers: NodeJS.Timeout[]
  private position: Position | undefined
  private base = ''
  private working = false
  private stopped = false
  private everUp = false
  private mayHaveMissed = false
  // What is to be done at the next turn.
  private look = false
  private knock = false
  private checkSessions = false
  private alarmed = false
  private newPeople: { id: string; teams: (string | null)[] }[] = []
  private joining: { stream: Stream; secondsAgo: number }[] = []

  /** @param ownMoment another clock than the database's, or null */
  constructor(
    database: Pick<Database, 'app' | 'appConfig'>,
    log: Logger,
    ownMoment: () => Date | null = () => null,
  ) {
    this.log = log
    this.ownMoment = ownMoment
    this.wire = new Wire(database.appConfig, {
      notice: (notice) => this.hear(notice),
      up: () => this.cameUp(),
    })
    afterCommits(database.app, () => this.committed())
    this.timers = [
      setInterval(() => this.tick(), lookEveryMs),
      setInterval(() => this.wake({ checkSessions: true }), lookAtSessionsMs),
      setInterval(() => this.beat(), heartbeatMs),
    ]
    for (const timer of this.timers) timer.unref()
  }

  /** How many streams a person has open here, against `mostStreamsOfOne`. */
  hasRoomFor(userId: string): boolean {
    return [...this.streams].filter(({ listener }) => listener.userId === userId).length < mostStreamsOfOne
  }

  /**
   * Takes an answer over as a stream of events.
   * @param lastEventId goes on from there; unreadable or of another base: told to load all anew
   * @param secondsAgo without `lastEventId`: begins that long ago
   */
  open(listener: Listener, response: ServerResponse, from: { lastEventId?: string; secondsAgo: number }) {
    const since = from.lastEventId === undefined ? undefined : (parsePosition(from.lastEventId) ?? unknown)
    const stream = new Stream(listener, since, response)
    stream.begin(() => this.closed(stream))
    this.joining.push({ stream, secondsAgo: from.secondsAgo })
    this.wake()
  }

  /** Notes where a person is, or that he left; others learn of it within moments. The caller has checked that he sees the client. */
  enter(sign: Sign) {
    this.book.say(sign)
    this.wake()
  }

  /** Ends every stream at once; further ones end as they come. */
  endStreams() {
    this.stopped = true
    for (const stream of this.streams) stream.end()
    for (const { stream } of this.joining) stream.end()
  }

  async stop() {
    this.endStreams()
    for (const timer of this.timers) clearInterval(timer)
    await this.wire.stop()
  }

  private cameUp() {
    this.mayHaveMissed = this.everUp
    this.everUp = true
    this.wake({ look: true, checkSessions: true })
  }

  private committed() {
    this.wake({ look: true, knock: true })
  }

  private tick() {
    this.book.expire()
    this.wake({ look: true })
  }

  private hear({ channel, payload }: Notice) {
    if (channel === 'kartoteka_changes') return this.wake({ look: true })
    if (channel === 'kartoteka_alarms') return this.wake({ alarmed: true })
    if (channel === 'kartoteka_presence') {
      for (const sign of JSON.parse(payload) as Sign[]) this.book.hear(sign)
      return this.wake()
    }
    const person = JSON.parse(payload) as { id?: string; teams?: (string | null)[] }
    if (person.id) this.newPeople.push({ id: person.id, teams: person.teams ?? [] })
    this.wake({ checkSessions: true })
  }

  private beat() {
    const id = this.position && positionText(this.position)
    for (const stream of this.streams) stream.send(id ? `:\nid: ${id}\n\n` : ':\n\n')
  }

  private closed(stream: Stream) {
    this.streams.delete(stream)
    this.joining = this.joining.filter((join) => join.stream !== stream)
    const { sessionId } = stream.listener
    if (this.stopped) return
    const closedAt = Date.now()
    // A browser that only lost its line is back within moments; one that was closed is not.
    setTimeout(() => {
      if ([...this.streams].some(({ listener }) => listener.sessionId === sessionId)) return
      this.book.endSession(sessionId, closedAt)
      this.wake()
    }, 4_000).unref()
  }

  private wake(todo: { look?: boolean; knock?: boolean; checkSessions?: boolean; alarmed?: boolean } = {}) {
    this.look ||= todo.look ?? false
    this.knock ||= todo.knock ?? false
    this.checkSessions ||= todo.checkSessions ?? false
    this.alarmed ||= todo.alarmed ?? false
    if (!this.working && this.wire.isUp) void this.work()
  }

  /** Does what is to be done, one thing after another, until nothing is left. */
  private async work() {
    this.working = true
    try {
      // Commits of the same moment are told together.
      await new Promise(setImmediate)
      while (await this.turn());
    } catch (error) {
      // Where the connection went down the position stays, and all goes on from there once it is back.
      if ((error as { severity?: string }).severity === undefined || this.stopped) return
      this.log.error({ err: error }, 'live streams')
      this.mayHaveMissed = true
    } finally {
      this.working = false
    }
  }

  private async turn(): Promise<boolean> {
    if (this.mayHaveMissed) await this.reloadAll()
    else if (this.knock) await this.tellOthers()
    else if (this.book.hasUntold) await this.tellPresence()
    else if (this.look) await this.lookForChanges()
    else if (this.checkSessions || this.newPeople.length > 0) await this.lookAtSessions()
    else if (this.alarmed) await this.tellAlarms()
    else if (this.joining.length > 0) await this.join(this.joining.shift()!)
    else if (this.book.hasStirred) await this.showPresence()
    else return false
    return true
  }

  /** Notices of changed rights may have been lost: what each listener sees is loaded anew, under the rights of now. */
  private async reloadAll() {
    this.position = undefined
    const now = await this.current()
    this.mayHaveMissed = false
    this.sendAll(reload(now))
  }

  private async tellOthers() {
    this.knock = false
    const told = this.wire.run(sql.notify('kartoteka_changes', ''))
    // Own listeners need not wait for it: the statements queue on one connection.
    if (this.look) await Promise.all([told, this.lookForChanges()])
    else await told
  }

  private async tellPresence() {
    // A notice holds 8,000 bytes.
    await this.wire.run(sql.notify('kartoteka_presence', JSON.stringify(this.book.takeUntold(30))))
  }

  private async lookForChanges() {
    this.look = false
    if (this.streams.size === 0) return void (this.position = undefined)
    const from = await this.current()
    const [pending] = await this.wire.run(sql.pendingStatement(from))
    const { snapshot, sets } = pending!.rows[0] as { snapshot: string; sets: number }
    const to = positionOf(this.base, snapshot)
    if (sets > sql.mostBehind) this.sendAll(reload(to))
    else if (sets > 0) await this.tell(from, to, this.streams)
    this.position = to
  }

  /** Sends what was committed between two positions to these streams, those whose session has ended meanwhile closed. */
  private async tell(from: Position, to: Position, streams: Iterable<Stream>) {
    const listeners = [...streams]
    const people = [...new Set(listeners.map(({ listener }) => listener.userId))]
    const sessions = listeners.map(({ listener }) => listener.sessionId)
    const [changes, alive] = await this.wire.run(
      sql.changesStatement(from, to, people),
      sql.sessionsStatement(sessions, this.ownMoment()),
    )
    this.closeEnded(listeners, alive!.rows as SessionRow[])
    const frames = framesOf(changes!.rows as Change[], from, to)
    for (const stream of listeners) {
      const texts = frames.get(stream.listener.userId)
      if (texts) stream.send(texts.join(''))
    }
  }

  private async lookAtSessions() {
    this.checkSessions = false
    const changed = this.newPeople.splice(0)
    const listeners = [...this.streams]
    if (listeners.length === 0) return
    const [alive] = await this.wire.run(
      sql.sessionsStatement(
        listeners.map(({ listener }) => listener.sessionId),
        this.ownMoment(),
      ),
    )
    const rows = alive!.rows as SessionRow[]
    this.closeEnded(listeners, rows)
    await this.tellStandings(listeners, rows)
    if (changed.length === 0) return
    // Whose role or team changed sees other clients now, and so do the heads of the teams he left and joined.
    const people = new Set(changed.map(({ id }) => id))
    const teams = new Set(changed.flatMap(({ teams }) => teams))
    const affected = new Set(
      rows
        .filter(
          ({ userId, role, teamId }) => people.has(userId) || (role === 'team-head' && teams.has(teamId)),
        )
        .map(({ sessionId }) => sessionId),
    )
    const all = reload(await this.current())
    for (const stream of listeners) if (affected.has(stream.listener.sessionId)) stream.send(all)
  }

  /** That there are alarms to look at, or fewer: to heads alone. */
  private async tellAlarms() {
    this.alarmed = false
    const listeners = [...this.streams]
    if (listeners.length === 0) return
    const [alive] = await this.wire.run(
      sql.sessionsStatement(
        listeners.map(({ listener }) => listener.sessionId),
        this.ownMoment(),
      ),
    )
    const rows = alive!.rows as SessionRow[]
    this.closeEnded(listeners, rows)
    const heads = new Set(rows.filter(({ role }) => role === 'head').map(({ sessionId }) => sessionId))
    const text = frame({ event: 'alarm', data: {} })
    for (const stream of listeners) if (heads.has(stream.listener.sessionId)) stream.send(text)
  }

  /** A substitution begins and ends with the clock, without any act: whoever stands in for others now loads everything anew. */
  private async tellStandings(streams: Stream[], rows: SessionRow[]) {
    const standings = new Map(rows.map(({ sessionId, standing }) => [sessionId, standing]))
    const moved = streams.filter((stream) => {
      const now = standings.get(stream.listener.sessionId)
      if (now === undefined || now === stream.standing) return false
      stream.standing = now
      return true
    })
    if (moved.length === 0) return
    const all = reload(await this.current())
    for (const stream of moved) stream.send(all)
  }

  private closeEnded(streams: Stream[], alive: SessionRow[]) {
    const living = new Map(alive.map(({ sessionId, userId }) => [sessionId, userId]))
    for (const stream of streams) {
      // Whoever began or ended to look through another's eyes comes again as whom he is now.
      if (living.get(stream.listener.sessionId) === stream.listener.userId) continue
      this.streams.delete(stream)
      stream.end()
    }
  }

  private async join(joining: { stream: Stream; secondsAgo: number }) {
    try {
      await this.letIn(joining)
    } catch (error) {
      // He comes again by himself.
      joining.stream.drop()
      throw error
    }
  }

  private async letIn({ stream, secondsAgo }: { stream: Stream; secondsAgo: number }) {
    // First to where the others stand: from there on he hears the same as they.
    await this.lookForChanges()
    const [session] = await this.wire.run(
      sql.sessionsStatement([stream.listener.sessionId], this.ownMoment()),
    )
    stream.standing = (session!.rows as SessionRow[])[0]?.standing
    const now = await this.current()
    const since = stream.since ?? (secondsAgo > 0 ? await this.start(secondsAgo) : undefined)
    stream.send(`retry: 2000\n${frame({ id: positionText(since ?? now), event: 'ready', data: {} })}`)
    if (since && !isWithin(since, now)) stream.send(reload(now))
    else if (since) await this.catchUp(stream, since, now)
    this.streams.add(stream)
    if (this.stopped) stream.end()
    this.checkSessions = true
    await this.showPresence(stream)
  }

  private async catchUp(stream: Stream, since: Position, now: Position) {
    const [pending] = await this.wire.run(sql.pendingStatement(since))
    if ((pending!.rows[0] as { sets: number }).sets > sql.mostBehind) stream.send(reload(now))
    else await this.tell(since, now, [stream])
  }

  private async current(): Promise<Position> {
    if (this.position) return this.position
    const [base, now] = await this.wire.run(sql.baseStatement, sql.nowStatement)
    this.base = (base!.rows[0] as { base: string }).base
    return (this.position = positionOf(this.base, (now!.rows[0] as { snapshot: string }).snapshot))
  }

  private async start(secondsAgo: number): Promise<Position> {
    const [start] = await this.wire.run(sql.startStatement(secondsAgo))
    return positionOf(this.base, (start!.rows[0] as { snapshot: string }).snapshot)
  }

  /** Tells who is where: of the clients where that changed to everybody who sees them, or of all to one who has just come. */
  private async showPresence(newcomer?: Stream) {
    const clients = newcomer ? this.book.clients() : this.book.takeStirred()
    const streams = newcomer ? [newcomer] : [...this.streams]
    if (clients.length === 0 || streams.length === 0) return
    const people = [...new Set(streams.map(({ listener }) => listener.userId))]
    const [seers] = await this.wire.run(sql.seersStatement(clients, people))
    for (const row of seers!.rows as { clientId: string; people: string[] }[]) {
      const data = { clientId: row.clientId, people: this.book.peopleAt(row.clientId) }
      const text = frame({ event: 'presence', data })
      const told = new Set(row.people)
      for (const stream of streams) if (told.has(stream.listener.userId)) stream.send(text)
    }
  }

  private sendAll(text: string) {
    for (const stream of this.streams) stream.send(text)
  }
}

/** Not a position of this base: as good as too old. */
const unknown: Position = { base: '', end: 0n, open: [] }

/** Too much has happened to be told one by one, or the rights have changed: the reader loads everything anew. */
const reload = (now: Position) => frame({ id: positionText(now), event: 'reload', data: {} })
