/** Pseudo-random numbers from a seed: the same seed gives the same base on every machine. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number
  /** A whole number, 0 ≤ n < `below`. */
  below(below: number): number
  pick<T>(list: readonly T[]): T
  chance(share: number): boolean
  /** `count` decimal digits. */
  digits(count: number): string
}

/** The mulberry32 generator: small, quick, good enough for made-up data. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    pick: (list) => list[below(list.length)]!,
    chance: (share) => next() < share,
    digits: (count) => String(below(10 ** Math.min(count, 9))).padStart(count, '0'),
  }
}
