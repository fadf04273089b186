/** Decides about rows that leave through the clipboard or the printer. The product sets it; without one everything passes. */
export interface CopyGuard {
  /** Learns beforehand how many rows pass without a question. */
  prepare(): void
  /** Rows that pass now without a question; null: as many as there are. */
  free(): number | null
  /** Tells of rows that passed; `ids`: which, where they are clients. */
  passed(way: 'clipboard' | 'print', rows: number, columns: readonly string[], ids?: readonly string[]): void
  /** Asks for more than that: the person first, then the base. @returns whether they may leave */
  allow(
    way: 'clipboard' | 'print',
    rows: number,
    columns: readonly string[],
    ids?: readonly string[],
  ): Promise<boolean>
}

let guard: CopyGuard = { prepare: () => {}, free: () => null, passed: () => {}, allow: async () => true }

export const setCopyGuard = (given: CopyGuard) => void (guard = given)

export const copyGuard = () => guard
