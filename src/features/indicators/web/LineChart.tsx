import { useElementSize } from '@mantine/hooks'
import { useState } from 'react'
import { formatDate } from '#web/format.ts'
import classes from './indicators.module.css'

interface Point {
  from: string
  value: number | null
}

const height = 220
const margin = { top: 12, right: 12, bottom: 24, left: 48 }

/** A line over time; what has no value is a gap in it. The table below says the same to who cannot see it. */
export function LineChart({
  points,
  isShare,
  written,
}: {
  points: readonly Point[]
  isShare: boolean
  written: (value: number) => string
}) {
  const { ref, width } = useElementSize()
  const [near, setNear] = useState<number | null>(null)
  const most = isShare ? 1 : roundedUp(Math.max(1, ...points.map(({ value }) => value ?? 0)))
  const inner = {
    width: Math.max(0, width - margin.left - margin.right),
    height: height - margin.top - margin.bottom,
  }
  const x = (at: number) => margin.left + (points.length < 2 ? 0.5 : at / (points.length - 1)) * inner.width
  const y = (value: number) => margin.top + (1 - value / most) * inner.height
  const every = Math.max(1, Math.ceil(points.length / Math.max(1, Math.floor(inner.width / 90))))
  const shown = near === null ? undefined : points[near]
  return (
    <div ref={ref} className={classes.chart} aria-hidden="true">
      <svg
        width={width}
        height={height}
        onPointerLeave={() => setNear(null)}
        onPointerMove={({ nativeEvent: { offsetX } }) => {
          const at = Math.round(((offsetX - margin.left) / Math.max(1, inner.width)) * (points.length - 1))
          setNear(Math.min(points.length - 1, Math.max(0, at)))
        }}
      >
        {[0, 0.5, 1].map((part) => (
          <g key={part}>
            <line
              className={classes.gridLine}
              x1={margin.left}
              x2={width - margin.right}
              y1={y(most * part)}
              y2={y(most * part)}
            />
            <text className={classes.tick} x={margin.left - 8} y={y(most * part) + 4} textAnchor="end">
              {written(most * part)}
            </text>
          </g>
        ))}
        {points.map(
          ({ from }, at) =>
            at % every === 0 && (
              <text key={from} className={classes.tick} x={x(at)} y={height - 6} textAnchor="middle">
                {formatDate(from).slice(0, 5)}
              </text>
            ),
        )}
        <path className={classes.line} d={pathOf(points, x, y)} />
        {points.map(
          ({ from, value }, at) =>
            value !== null &&
            (at === near || points.length <= 40) && (
              <circle
                key={from}
                className={classes.dot}
                cx={x(at)}
                cy={y(value)}
                r={at === near ? 4.5 : 2.5}
              />
            ),
        )}
      </svg>
      {shown && shown.value !== null && near !== null && (
        <div className={classes.tip} style={{ left: x(near), top: y(shown.value) }}>
          <b>{written(shown.value)}</b> {formatDate(shown.from)}
        </div>
      )}
    </div>
  )
}

function pathOf(points: readonly Point[], x: (at: number) => number, y: (value: number) => number): string {
  let path = ''
  points.forEach(({ value }, at) => {
    if (value === null) return
    const goesOn = at > 0 && points[at - 1]!.value !== null
    path += `${goesOn ? 'L' : 'M'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`
  })
  return path
}

/** The next of 1, 2, 5, 10, 20, 50 …, even so that half of it is whole. */
function roundedUp(value: number): number {
  if (value <= 2) return 2
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 4, 6, 10].map((step) => step * power).find((round) => round >= value)!
}
