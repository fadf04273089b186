import pg from 'pg'
import { addToken } from '#server/auth/sessions.ts'
import type { StartedDatabase } from '#server/db/start-database.ts'
import type { BareCaller } from './bare.ts'
import type { BenchUser } from './generate.ts'
import { randomOf, type Random } from './random.ts'

/** One caller of the benchmark and what he asks for. */
export interface Role {
  name: 'manager' | 'team-head' | 'head'
  caller: BareCaller
  /** Of a team head his team, of the head the first. */
  teamId: string | null
  token: string
  /** How many clients are his. */
  clients: number
  ids: string[]
  /** Beginnings of words and inner parts of words, taken from what he sees: names, people, phones, e-mails, ИНН, comments. */
  starts: string[]
  parts: string[]
}

const asked = 400

/** A manager with a small portfolio and shared clients, a team head over ten managers, the head. */
export async function benchRoles(database: StartedDatabase, users: BenchUser[]): Promise<Role[]> {
  const pool = new pg.Pool({ ...database.owner, max: 2 })
  try {
    const head = users.find((user) => user.role === 'head')!
    const teamHead = users.find((user) => user.role === 'team-head')!
    const manager = users.find((user) => user.role === 'manager')!
    return [
      await roleOf(pool, manager, [manager.id], teamHead.teamId),
      await roleOf(
        pool,
        teamHead,
        users.filter((user) => user.teamId === teamHead.teamId).map((user) => user.id),
        teamHead.teamId,
      ),
      await roleOf(
        pool,
        head,
        users.map((user) => user.id),
        teamHead.teamId,
      ),
    ]
  } finally {
    await pool.end()
  }
}

async function roleOf(
  pool: pg.Pool,
  user: BenchUser,
  owners: string[],
  firstTeam: string | null,
): Promise<Role> {
  const random = randomOf(11)
  const { rows } = await pool.query<{ id: string; document: string }>(
    `select s.client_id as id, s.document from unnest($1::uuid[]) o cross join lateral (
       select * from client_search s where s.owner_no = (select no from users where id = o)
       order by hashint4(s.client_no) limit ceil($2::float8 / cardinality($1::uuid[]))) s`,
    [owners, asked],
  )
  const counted = await pool.query<{ count: number }>(
    'select count(*)::int as count from clients where owner_id = any ($1) or $2',
    [owners, user.role === 'head'],
  )
  return {
    name: user.role,
    caller: { userId: user.id, role: user.role },
    teamId: user.teamId ?? firstTeam,
    token: await addToken(pool, user.id, 'bench'),
    clients: counted.rows[0]!.count,
    ids: rows.map((row) => row.id),
    starts: rows.map((row) => startOf(row.document, random)),
    parts: rows.map((row) => partOf(row.document, random)),
  }
}

const wordsOf = (document: string, least: number) =>
  document.split(' ').filter((word) => word.length >= least)

/** A whole word or its first letters; one in four queries has two words. */
function startOf(document: string, random: Random): string {
  const words = wordsOf(document, 3)
  const one = () => {
    const word = random.pick(words)
    return random.chance(0.5) ? word : word.slice(0, Math.max(3, Math.ceil(word.length * 0.6)))
  }
  return random.chance(0.25) ? `${one()} ${one()}` : one()
}

function partOf(document: string, random: Random): string {
  const words = wordsOf(document, 6)
  const word = words.length > 0 ? random.pick(words) : 'общество'
  const from = 1 + random.below(word.length - 4)
  return word.slice(from, from + 4 + random.below(3))
}
