import { advanced, type Position, positionText } from './position.ts'

/** A row of `live_changes`. */
export interface Change {
  xid: string
  changeSetId: string
  entity: string
  id: string | null
  version: number | null
  clientId: string | null
  gone: boolean
  people: string[]
}

/** Frames of an event stream by the person they are for, in order. */
export type Frames = Map<string, string[]>

/** One frame. Without `id` the reader's position stays where it is. */
export function frame({ id, event, data }: { id?: string; event?: string; data: unknown }): string {
  const lines = [
    ...(id === undefined ? [] : [`id: ${id}`]),
    ...(event === undefined ? [] : [`event: ${event}`]),
    `data: ${JSON.stringify(data)}`,
  ]
  return `${lines.join('\n')}\n\n`
}

/**
 * What was committed between two positions as frames for each listener. An act that fills several events is resumed as a whole: only its
 * last event moves the position on, for whoever gets it.
 */
export function framesOf(changes: readonly Change[], from: Position, to: Position): Frames {
  const frames: Frames = new Map()
  let before = positionText(from)
  for (const act of byTransaction(changes)) {
    const after = positionText(advanced(from, to, BigInt(act[0]!.xid)))
    const last = new Map<string, Change>()
    for (const change of act) for (const person of change.people) last.set(person, change)
    for (const change of act) {
      const data = dataOf(change)
      const texts = [frame({ id: before, data }), frame({ id: after, data })]
      for (const person of change.people) {
        const text = texts[last.get(person) === change ? 1 : 0]!
        const own = frames.get(person)
        if (own) own.push(text)
        else frames.set(person, [text])
      }
    }
    before = after
  }
  return frames
}

function byTransaction(changes: readonly Change[]): Change[][] {
  const acts: Change[][] = []
  for (const change of changes) {
    const act = acts.at(-1)
    if (act?.[0]!.xid === change.xid) act.push(change)
    else acts.push([change])
  }
  return acts
}

const dataOf = ({ changeSetId, entity, id, version, clientId, gone }: Change) => ({
  changeSetId,
  entity,
  id,
  version,
  clientId,
  ...(gone && { gone }),
})
