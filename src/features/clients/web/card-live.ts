import { createContext } from 'react'

/** What the fields of a card know of others and of the line. */
export interface LiveCard {
  /** Version of the client on the screen. */
  version: number
  /** Runs a save that was begun on an earlier version: the version rule asks where the same field was changed since. */
  asSeen<Answer>(version: number, save: () => Answer): Answer
  /** Fields whose edits wait for the line. */
  waiting: ReadonlySet<string>
  /** Field → who of the others is in it. */
  present: ReadonlyMap<string, { name: string; colour: string }>
}

export const CardLive = createContext<LiveCard>({
  version: 0,
  asSeen: (_version, save) => save(),
  waiting: new Set(),
  present: new Map(),
})
