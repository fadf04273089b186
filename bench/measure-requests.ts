import type { Target } from './http-load.ts'
import type { Role } from './roles.ts'
import { postJson } from './post-json.ts'
import type { Line } from './table.ts'
import { getJson, timedLine } from './timed-get.ts'

const most = 1_000
/** Reading states and writing rows: so many clients a second. */
const pace = 20_000

interface Preview {
  people: { userId: string; clients: number }[]
}

/** «Попросить дополнить»: who would be asked, the request, its progress and first page for who asks and for who is asked. */
export async function measureRequests(
  roles: readonly Role[],
  target: (role: Role) => Target,
): Promise<Line[]> {
  const manager = roles.find(({ name }) => name === 'manager')!
  const lines: Line[] = []
  for (const role of roles.filter(({ name }) => name !== 'manager')) {
    const query = 'kinds=phone,email'
    const preview = (await getJson(target(role), `/fill-requests/preview?${query}`)) as Preview
    const size = preview.people.reduce((sum, { clients }) => sum + clients, 0)
    lines.push(
      await timedLine(
        'fill request: whom it would reach',
        role.name,
        target(role),
        [`/fill-requests/preview?${query}`],
        most,
      ),
    )
    const began = performance.now()
    const { id } = (await postJson(target(role), '/fill-requests', {
      selection: { kinds: ['phone', 'email'] },
      dueOn: new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10),
    })) as { id: string }
    lines.push(madeLine(role, size, (performance.now() - began) / 1_000))
    for (const one of role.name === 'head' ? [role, manager] : [role]) {
      const asked = (what: string, path: string) =>
        timedLine(`fill request of the ${role.name}: ${what}`, one.name, target(one), [path], most)
      lines.push(
        await asked('its progress', `/fill-requests/${id}/progress`),
        await asked('first page', `/fill-requests/${id}/clients?limit=50`),
        await asked('open ones', '/fill-requests'),
        await asked('mine', '/fill-requests/mine'),
      )
    }
  }
  return lines
}

function madeLine({ name }: Role, size: number, took: number): Line {
  const bound = Math.max(1, size / pace)
  return {
    what: `fill request of ${size.toLocaleString('en')} clients`,
    who: name,
    figure: `${took.toFixed(1)} s`,
    budget: `≤ ${bound.toFixed(0)} s`,
    holds: took <= bound,
  }
}
