import type { Target } from './http-load.ts'
import type { Role } from './roles.ts'
import type { Line } from './table.ts'

const reports = [
  { what: 'report by kind', path: 'kinds=phone,email&groupBy=manager', most: 300 },
  {
    what: 'report by label',
    path: `kinds=${encodeURIComponent('phone:мобильный,email:рабочий')}&groupBy=manager`,
    most: 1_500,
  },
  {
    what: 'report with a filter',
    path: `kinds=phone,email&groupBy=manager,region&stage=${encodeURIComponent('Договор')}`,
    most: 1_500,
  },
  {
    what: 'report, checked within 12 months',
    path: 'kinds=phone,email,address&groupBy=region&checkedMonths=12',
    most: 1_500,
  },
]

/** The contact-information report over everything the role sees: the median of five answers, one after the other. */
export async function measureReport(role: Role, { host, port, token }: Target): Promise<Line[]> {
  const lines: Line[] = []
  for (const { what, path, most } of reports) {
    const times: number[] = []
    let status = 0
    for (let one = 0; one < 6; one++) {
      const began = performance.now()
      const answer = await fetch(`http://${host}:${port}/api/reports/contact-info?${path}`, {
        headers: { authorization: `Bearer ${token}` },
      })
      await answer.arrayBuffer()
      status = answer.status
      if (one > 0) times.push(performance.now() - began)
    }
    const median = times.toSorted((a, b) => a - b)[2]!
    lines.push({
      what,
      who: role.name,
      figure: status === 200 ? `${median.toFixed(0)} ms` : `status ${status}`,
      budget: `≤ ${most} ms`,
      holds: status === 200 && median <= most,
    })
  }
  return lines
}
