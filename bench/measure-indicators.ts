import type { Target } from './http-load.ts'
import type { Role } from './roles.ts'
import type { Line } from './table.ts'
import { timedLine } from './timed-get.ts'

const most = 1_000

/** What «Показатели» ask for over a month and a quarter, and the list behind a figure. */
export async function measureIndicators(role: Role, target: Target): Promise<Line[]> {
  const day = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10)
  const month = `from=${day(30)}&to=${day(0)}`
  const asked = {
    'indicators: a month': `/indicators?${month}`,
    'indicators: a month beside the one before': `/indicators?${month}&compare=before`,
    'indicators: a quarter by team': `/indicators?from=${day(91)}&to=${day(0)}&groupBy=team`,
    'indicators: outcomes': `/indicators/outcomes?${month}`,
    'indicators: trend of a quarter': `/indicators/trend?from=${day(91)}&to=${day(0)}&indicator=done&step=week`,
    'indicators: funnel': `/indicators/funnel?${month}`,
    'indicators: the list behind a figure': `/indicators/records?${month}&indicator=call`,
  }
  const lines: Line[] = []
  for (const [what, path] of Object.entries(asked))
    lines.push(await timedLine(what, role.name, target, [path], most))
  return lines
}
