/** Somebody in a card or a cell of a client. `field` null: on the card, in none of its fields. */
export interface Presence {
  clientId: string
  userId: string
  sessionId: string
  field: string | null
}

/** How long a sign of presence holds, in milliseconds; people repeat theirs every ten seconds. */
const lifetime = 22_000

/** Who is where, as far as this process has heard: its own people and those of other processes on the same base. */
export class PresenceBook {
  private readonly byClient = new Map<string, Map<string, Presence & { until: number }>>()

  /** @returns whether others see a difference */
  enter(presence: Presence, now = Date.now()): boolean {
    const { clientId, sessionId } = presence
    const present = this.byClient.get(clientId) ?? new Map<string, Presence & { until: number }>()
    const before = present.get(sessionId)
    this.byClient.set(clientId, present)
    // Last come, last in order: of a person in two browsers the latest field is shown.
    present.delete(sessionId)
    present.set(sessionId, { ...presence, until: now + lifetime })
    return before === undefined || before.field !== presence.field
  }

  /** @returns the clients where somebody is there no longer */
  leave(gone: (presence: Presence & { until: number }) => boolean): string[] {
    const left: string[] = []
    for (const [clientId, present] of this.byClient) {
      const leaving = [...present.values()].filter(gone)
      if (leaving.length > 0) left.push(clientId)
      for (const { sessionId } of leaving) present.delete(sessionId)
      if (present.size === 0) this.byClient.delete(clientId)
    }
    return left
  }

  expire(now = Date.now()): string[] {
    return this.leave(({ until }) => until <= now)
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
}
