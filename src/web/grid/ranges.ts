/** Cells of a table: the column and row of the first, how many of each. */
export interface Rect {
  x: number
  y: number
  width: number
  height: number
}

export const covers = ({ x, y, width, height }: Rect, column: number, row: number): boolean =>
  column >= x && column < x + width && row >= y && row < y + height

/**
 * Where a clipboard lands: over the selection as often as it fits into it exactly (one cell: everywhere), else once from its first cell.
 */
export function pasteRect(selected: Rect, width: number, height: number): Rect {
  const repeats = selected.width % width === 0 && selected.height % height === 0
  return repeats ? selected : { x: selected.x, y: selected.y, width, height }
}

/** What a fill by hand adds to the cells it repeats: the part of the drawn range outside of them. */
export function* fillCells(
  source: Rect,
  target: Rect,
): Generator<{ column: number; row: number; from: [number, number] }> {
  for (let row = target.y; row < target.y + target.height; row++) {
    for (let column = target.x; column < target.x + target.width; column++) {
      if (covers(source, column, row)) continue
      yield {
        column,
        row,
        from: [
          source.x + wrapped(column - source.x, source.width),
          source.y + wrapped(row - source.y, source.height),
        ],
      }
    }
  }
}

const wrapped = (n: number, length: number) => ((n % length) + length) % length

/**
 * Where Ctrl and an arrow lead: to the end of the filled cells one stands in, else over the empty ones to the next filled one, else to the
 * edge (`last`; going back, 0).
 */
export function jump(isFilled: (at: number) => boolean, from: number, step: 1 | -1, last: number): number {
  const edge = step === 1 ? last : 0
  if (from === edge) return from
  let at = from + step
  const isThrough = isFilled(from) && isFilled(at)
  while (at !== edge && (isThrough ? isFilled(at + step) : !isFilled(at))) at += step
  return at
}
