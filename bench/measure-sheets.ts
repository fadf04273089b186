import type { Target } from './http-load.ts'
import type { Role } from './roles.ts'
import type { Line } from './table.ts'
import { timedFile, timedLine } from './timed-get.ts'

const most = 1_000
/** A file is waited for: it is made while it is downloaded. */
const mostFile = 5_000

/** Day sheets of today and of a week, of everybody the role answers for, and a month of them as a workbook. */
export async function measureSheets(role: Role, target: Target): Promise<Line[]> {
  const day = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10)
  const shown = (what: string, query: string) =>
    timedLine(what, role.name, target, [`/day-sheets?${query}`], most)
  const lines = [
    await shown('day sheets of today', `from=${day(0)}&to=${day(0)}`),
    await shown('day sheets of a week', `from=${day(6)}&to=${day(0)}`),
    await timedLine(
      'day sheets: the list behind a figure',
      role.name,
      target,
      [`/day-sheets/records?from=${day(6)}&to=${day(0)}&figure=done`],
      most,
    ),
  ]
  // A file needs the right of export, which only the head has here.
  if (role.name !== 'head') return lines
  const file = (what: string, query: string) =>
    timedFile(what, role.name, target, `/day-sheets.xlsx?${query}`, mostFile)
  return [
    ...lines,
    await file('day sheets of a month, .xlsx', `from=${day(29)}&to=${day(0)}`),
    await file('the entries of a week, .xlsx', `from=${day(6)}&to=${day(0)}&entries=true`),
  ]
}
