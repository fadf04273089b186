import type { Target } from './http-load.ts'
import type { Role } from './roles.ts'
import type { Line } from './table.ts'
import { getJson, timedLine } from './timed-get.ts'

const most = 300
const mostOfCalendar = 1_000

/** What «Мой день» and the calendar ask for when they are opened, each alone and the first screen as a whole. */
export async function measureDay(role: Role, target: Target): Promise<Line[]> {
  const where = (condition: object) => `where=${encodeURIComponent(JSON.stringify([condition]))}`
  const { due } = (await getJson(target, '/my-day')) as { due: { from: string; to: string } }
  const screen = {
    'my day: its numbers': '/my-day',
    'my day: overdue': `/activities?user=me&open=true&limit=20&to=${due.from}`,
    'my day: today': `/activities?user=me&open=true&limit=20&from=${due.from}&to=${due.to}`,
    'my day: without a next step': `/clients/count?owner=me&${where({ field: 'nextPlan', op: 'empty' })}`,
    'my day: forgotten': `/clients/count?owner=me&${where({ field: 'lastContact', op: 'silent' })}`,
    'my day: longest silent': `/clients?owner=me&limit=5&sort=lastContact&${where({ field: 'lastContact', op: 'silent' })}`,
    'my day: news': '/my-day/news',
    'my day: birthdays': '/birthdays?days=7',
    'my day: gaps': '/clients/gaps',
  }
  const line = (what: string, paths: string[], bound = most) =>
    timedLine(what, role.name, target, paths, bound)
  const lines: Line[] = []
  for (const [what, path] of Object.entries(screen)) lines.push(await line(what, [path]))
  lines.push(await line('my day, the whole screen', Object.values(screen)))
  for (const [what, path] of Object.entries(calendars(role)))
    lines.push(await line(what, [path], mostOfCalendar))
  return lines
}

/** A week and a month of a person, and of a team where the role may see one. */
function calendars(role: Role): Record<string, string> {
  const month = new Date().toISOString().slice(0, 8)
  const week = `from=${month}08&to=${month}14&perDay=50`
  const whole = `from=${month}01&to=${month}28&perDay=4`
  return {
    'calendar, a week of a person': `/calendar?${week}&user=me`,
    'calendar, a month of a person': `/calendar?${whole}&user=me`,
    ...(role.name !== 'manager' && {
      'calendar, a week of a team': `/calendar?${week}&team=${role.teamId}`,
      'calendar, a month of a team': `/calendar?${whole}&team=${role.teamId}`,
    }),
  }
}
