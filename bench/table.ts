/** One line of the report. */
export interface Line {
  what: string
  who?: string
  /** The figure with its unit. */
  figure: string
  /** The same SQL (or the same work) without the product, and how the figure stands to it. */
  bare?: string
  ratio?: number
  budget: string
  /** Undefined: nothing to judge by. */
  holds?: boolean | undefined
}

const columns = ['', 'what', 'who', 'figure', 'bare driver', 'ratio', 'budget'] as const

const cellsOf = (line: Line) => [
  line.holds === undefined ? '·' : line.holds ? '✓' : '✗',
  line.what,
  line.who ?? '',
  line.figure,
  line.bare ?? '',
  line.ratio === undefined ? '' : line.ratio.toFixed(2),
  line.budget,
]

/** A line as it is printed while the benchmark goes on. */
export function lineText(line: Line): string {
  const [mark, what, who, figure, bare, ratio, budget] = cellsOf(line)
  return `${mark} ${what!.padEnd(34)} ${who!.padEnd(10)} ${figure!.padEnd(34)} ${bare!.padEnd(34)} ${ratio!.padEnd(6)} ${budget}`
}

/** All lines as a Markdown table. */
export function markdown(title: string, lines: Line[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    `# ${title}`,
    '',
    row(columns),
    row(columns.map(() => '---')),
    ...lines.map((line) => row(cellsOf(line))),
    '',
  ].join('\n')
}
