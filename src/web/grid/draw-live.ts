import type { DrawCellCallback } from '@glideapps/glide-data-grid'

type Args = Parameters<DrawCellCallback>[0]

/** Who is in a cell, on a label at its top right; the frame around the cell is drawn by the grid. */
export function drawPresence({ ctx, rect, theme }: Args, name: string, colour: string) {
  ctx.save()
  ctx.font = `600 10px ${theme.fontFamily}`
  ctx.textBaseline = 'middle'
  const room = rect.width - 12
  let text = name
  while (text.length > 1 && ctx.measureText(text).width > room) text = text.slice(0, -1)
  const width = ctx.measureText(text).width + 8
  const x = rect.x + rect.width - width - 1
  ctx.fillStyle = colour
  ctx.beginPath()
  ctx.roundRect(x, rect.y + 1, width, 13, [0, 0, 0, 4])
  ctx.fill()
  ctx.fillStyle = '#ffffff'
  ctx.fillText(text, x + 4, rect.y + 8)
  ctx.restore()
}

/** A clock at the right: what stands here has not reached the server yet. */
export function drawClock({ ctx, rect, theme }: Args) {
  const radius = 5.5
  const x = rect.x + rect.width - radius - 6
  const y = rect.y + rect.height / 2
  ctx.save()
  ctx.fillStyle = theme.bgCell
  ctx.strokeStyle = theme.textMedium
  ctx.lineWidth = 1.3
  ctx.beginPath()
  ctx.arc(x, y, radius, 0, 2 * Math.PI)
  ctx.fill()
  ctx.stroke()
  ctx.beginPath()
  ctx.moveTo(x, y - 3.2)
  ctx.lineTo(x, y)
  ctx.lineTo(x + 2.4, y + 1.4)
  ctx.stroke()
  ctx.restore()
}
