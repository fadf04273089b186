import type { Role } from '#shared/roles.ts'

export interface GroupRule {
  group: string
  role: Role
  teamId: string | null
}

export interface Admission {
  /** In order. */
  rules: GroupRule[]
  /** The role of whom none fits; null: he is not let in. */
  otherwise: Role | null
}

/** What a person's groups give him; a part that is not there stays as people here have set it. */
export interface Place {
  role?: Role
  teamId?: string
}

/**
 * Role by the first rule that fits, team by the first that fits and names one. While there are no rules, roles are set by hand and
 * `otherwise` is the role of the first sign-in.
 * @returns null where he is not let in
 */
export function placeOf({ rules, otherwise }: Admission, groups: string[], isKnown: boolean): Place | null {
  if (rules.length === 0 && isKnown) return {}
  const his = new Set(groups.flatMap(namesOf))
  const fitting = rules.filter(({ group }) => his.has(keyOf(group)))
  const role = fitting[0]?.role ?? otherwise
  if (!role) return null
  const teamId = fitting.find((rule) => rule.teamId !== null)?.teamId
  return { role, ...(teamId && { teamId }) }
}

/** A group as it is called there and, where that is a distinguished name, by its first part too: `CN=Продажи,OU=…` → продажи. */
function namesOf(group: string): string[] {
  const first = /^\s*[a-z][\w.-]*\s*=\s*((?:\\.|[^,+\\])+),/i.exec(group)?.[1]
  return first === undefined ? [keyOf(group)] : [keyOf(group), keyOf(unescaped(first))]
}

const keyOf = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/\s*([,=])\s*/g, '$1')

/** RFC 4514: `\,` and `\D0\9F`. */
const unescaped = (text: string) =>
  text
    .replaceAll(/(?:\\[0-9a-f]{2})+/gi, (run) =>
      Buffer.from(run.replaceAll('\\', ''), 'hex').toString('utf8'),
    )
    .replaceAll(/\\(.)/g, '$1')
