import { type DrawCellCallback, drawTextCell, measureTextCached } from '@glideapps/glide-data-grid'
import { splitTags } from './columns.ts'
import type { MarkColors } from './grid-theme.ts'

type Args = Parameters<DrawCellCallback>[0]

/** A small corner at the top right: amber for doubtful, red for junk. Colour alone would not do: junk is also underlined. */
export function drawVerdict(args: Args, verdict: 'doubtful' | 'junk', text: string, colors: MarkColors) {
  const { ctx, rect } = args
  const size = 7
  const right = rect.x + rect.width
  ctx.save()
  ctx.fillStyle = colors[verdict]
  ctx.beginPath()
  ctx.moveTo(right - size - 1, rect.y + 1)
  ctx.lineTo(right - 1, rect.y + 1)
  ctx.lineTo(right - 1, rect.y + size + 1)
  ctx.closePath()
  ctx.fill()
  if (verdict === 'junk') underline(args, text, colors.junk)
  ctx.restore()
}

/** As long as the letters above it. */
function underline({ ctx, rect, theme }: Args, text: string, color: string) {
  const font = `${theme.baseFontStyle} ${theme.fontFamily}`
  const room = rect.width - 2 * theme.cellHorizontalPadding
  const left = rect.x + theme.cellHorizontalPadding
  const y = rect.y + rect.height - 7.5
  ctx.strokeStyle = color
  ctx.setLineDash([2, 2])
  ctx.beginPath()
  ctx.moveTo(left, y)
  ctx.lineTo(left + Math.min(measureTextCached(firstLine(text, room), ctx, font).width, room), y)
  ctx.stroke()
}

/** Tags as chips in one line, cut at the cell's edge. */
export function drawTags({ ctx, rect, theme }: Args, text: string, colors: MarkColors) {
  const height = 20
  const y = rect.y + (rect.height - height) / 2
  let x = rect.x + 8
  ctx.save()
  ctx.beginPath()
  ctx.rect(rect.x, rect.y, rect.width - 4, rect.height)
  ctx.clip()
  ctx.font = `12px ${theme.fontFamily}`
  ctx.textBaseline = 'middle'
  for (const tag of splitTags(text)) {
    const width = ctx.measureText(tag).width + 12
    ctx.fillStyle = colors.chip
    ctx.beginPath()
    ctx.roundRect(x, y, width, height, 4)
    ctx.fill()
    ctx.fillStyle = theme.textDark
    ctx.fillText(tag, x + 6, y + height / 2 + 0.5)
    x += width + 4
    if (x > rect.x + rect.width) break
  }
  ctx.restore()
}

/** A line of text that ends in «…» where the cell does, instead of half a letter. */
export function drawText(args: Args, text: string, align: 'left' | 'right') {
  const { ctx, rect, theme } = args
  const font = `${theme.baseFontStyle} ${theme.fontFamily}`
  const room = rect.width - 2 * theme.cellHorizontalPadding
  const width = (part: string) => measureTextCached(part, ctx, font).width
  const line = firstLine(text, room)
  // Their types ask for more than their code reads.
  const canvas = args as unknown as Parameters<typeof drawTextCell>[0]
  drawTextCell(
    canvas,
    width(line) <= room && line.length === text.length ? line : shortened(line, room, width),
    align,
  )
}

/** The first line only, and never more letters than could fit. */
const firstLine = (text: string, room: number) =>
  (/^[^\n]*/.exec(text)?.[0] ?? '').slice(0, Math.ceil(room / 3))

/** The longest beginning that fits with the dots after it, by halving. */
export function shortened(line: string, room: number, width: (text: string) => number): string {
  if (width(`${line}…`) <= room) return `${line}…`
  let fits = 0
  let tooLong = line.length
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1
    if (width(`${line.slice(0, middle)}…`) <= room) fits = middle
    else tooLong = middle
  }
  return `${line.slice(0, fits).trimEnd()}…`
}
