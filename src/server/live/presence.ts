/** Somebody in a card or a cell of a client. `field` null: on the card, in none of its fields. */
export interface Presence {
  clientId: string
  userId: string
  sessionId: string
  field: string | null
}

/** What processes tell each other of it. */
export type Sign = Presence & { left?: boolean }

/** How long a sign of presence holds, in milliseconds; people repeat theirs every ten seconds. */
const lifetime = 22_000

/** Who is where, as far as this process has heard: its own people and those of other processes on the same base. */
export class PresenceBook {
  private readonly byClient = new Map<string, Map<string, Presence & { until: number }>>()
  private readonly stirred = new Set<string>()
  private untold: Sign[] = []

  /** Of one's own people: to be told to the other processes too. */
  say(sign: Sign) {
    this.untold.push(sign)
    this.hear(sign)
  }

  hear(sign: Sign, now = Date.now()) {
    const { clientId, sessionId } = sign
    if (sign.left)
      return this.remove((presence) => presence.clientId === clientId && presence.sessionId === sessionId)
    const present = this.byClient.get(clientId) ?? new Map<string, Presence & { until: number }>()
    const before = present.get(sessionId)
    this.byClient.set(clientId, present)
    // Last come, last in order: of a person in two browsers the latest field is shown.
    present.delete(sessionId)
    present.set(sessionId, { ...sign, until: now + lifetime })
    if (before === undefined || before.field !== sign.field) this.stirred.add(clientId)
  }

  /** The browser of this session was gone at that moment: so is its person, wherever he was and has not said since that he is. */
  endSession(sessionId: string, at: number) {
    const there = [...this.byClient.values()].flatMap((present) => present.get(sessionId) ?? [])
    for (const { clientId, userId } of there.filter(({ until }) => until - lifetime <= at))
      this.say({ clientId, userId, sessionId, field: null, left: true })
  }

  expire(now = Date.now()) {
    this.remove(({ until }) => until <= now)
  }

  /** What other processes have not been told yet, at most so many signs. */
  takeUntold(most: number): Sign[] {
    return this.untold.splice(0, most)
  }

  /** Clients where somebody came, left or moved since the last time. */
  takeStirred(): string[] {
    const clients = [...this.stirred]
    this.stirred.clear()
    return clients
  }

  get hasUntold() {
    return this.untold.length > 0
  }
  get hasStirred() {
    return this.stirred.size > 0
  }

  clients(): string[] {
    return [...this.byClient.keys()]
  }

  /** People there, each once. */
  peopleAt(clientId: string): { userId: string; field: string | null }[] {
    const people = new Map<string, string | null>()
    for (const { userId, field } of this.byClient.get(clientId)?.values() ?? []) people.set(userId, field)
    return [...people].map(([userId, field]) => ({ userId, field }))
  }

  private remove(isLeaving: (presence: Presence & { until: number }) => boolean) {
    for (const [clientId, present] of this.byClient) {
      const leaving = [...present.values()].filter(isLeaving)
      if (leaving.length > 0) this.stirred.add(clientId)
      for (const { sessionId } of leaving) present.delete(sessionId)
      if (present.size === 0) this.byClient.delete(clientId)
    }
  }
}
