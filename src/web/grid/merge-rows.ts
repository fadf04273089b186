interface PageOf<Row> {
  items: Row[]
  nextCursor: string | null
}

/**
 * Loaded pages with changed rows as they are now: those found stay where they are, those asked for and not found leave, newcomers go to
 * their place, or to the top where there is no telling it.
 * @returns also how many went to the top for want of a place
 */
export function mergeRows<Row extends { id: string }>(
  pages: readonly PageOf<Row>[],
  asked: readonly string[],
  found: readonly Row[],
  compare: ((a: Row, b: Row) => number) | undefined,
): { pages: PageOf<Row>[]; atTop: number } {
  const left = new Set(asked)
  const byId = new Map(found.map((row) => [row.id, row]))
  const merged = pages.map((page) => ({
    ...page,
    items: page.items.flatMap((row) => {
      if (!left.has(row.id)) return [row]
      const changed = byId.get(row.id)
      byId.delete(row.id)
      return changed ? [changed] : []
    }),
  }))
  const newcomers = [...byId.values()]
  if (newcomers.length === 0 || merged.length === 0) return { pages: merged, atTop: 0 }
  if (!compare) {
    merged[0] = { ...merged[0]!, items: [...newcomers, ...merged[0]!.items] }
    return { pages: merged, atTop: newcomers.length }
  }
  for (const row of newcomers) insert(merged, row, compare)
  return { pages: merged, atTop: 0 }
}

function insert<Row>(pages: PageOf<Row>[], row: Row, compare: (a: Row, b: Row) => number) {
  const isBefore = (other: Row) => compare(row, other) < 0
  const page = pages.find(({ items }) => items.some(isBefore))
  if (page) {
    page.items.splice(page.items.findIndex(isBefore), 0, row)
    return
  }
  // Behind everything loaded: it comes with its own page.
  const last = pages.at(-1)!
  if (last.nextCursor === null) last.items.push(row)
}
