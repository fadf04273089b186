/**
 * How far somebody has read the acts of this base: a snapshot of PostgreSQL, that is, everything committed at one moment. `open`: the
 * transactions below `end` that were still under way. An act is new to him if its transaction is `end` or later, or one of `open`.
 */
export interface Position {
  /** Which base it is a position of: after a restore the numbers of transactions begin anew. */
  base: string
  end: bigint
  open: readonly bigint[]
}

/** `5f0c21aa-1042.1017.1031`: an event's id, opaque to whoever hands it back. */
export const positionText = ({ base, end, open }: Position) => [`${base}-${end}`, ...open].join('.')

/** @returns undefined for what is no position */
export function parsePosition(text: string): Position | undefined {
  const found = /^([0-9a-f]{8})-(\d{1,19})((?:\.\d{1,19})*)$/.exec(text)
  if (!found || text.length > 4_000) return undefined
  const open = found[3]!.split('.').slice(1).map(BigInt)
  return { base: found[1]!, end: BigInt(found[2]!), open }
}

/** PostgreSQL's `xmin:xmax:xip,xip`. */
export function positionOf(base: string, snapshot: string): Position {
  const [, end, open] = snapshot.split(':') as [string, string, string]
  return { base, end: BigInt(end), open: open === '' ? [] : open.split(',').map(BigInt) }
}

export function snapshotOf({ end, open }: Position): string {
  const least = open.reduce((min, xid) => (xid < min ? xid : min), end)
  return `${least}:${end}:${open.toSorted((a, b) => (a < b ? -1 : 1)).join(',')}`
}

/** The position of who stood at `from` and has been told what `to` has more, up to and with transaction `xid`. */
export function advanced(from: Position, to: Position, xid: bigint): Position {
  const underWay = new Set(to.open)
  const end = xid < from.end ? from.end : xid + 1n
  return {
    base: to.base,
    end,
    open: [
      ...from.open.filter((open) => underWay.has(open) || open > xid),
      ...to.open.filter((open) => open >= from.end && open < end),
    ],
  }
}

/** False for a position this base has not reached: it is another's. */
export const isWithin = (position: Position, now: Position) =>
  position.base === now.base && position.end <= now.end
