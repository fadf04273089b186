import { hash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type pg from 'pg'
import type { Role } from '#shared/roles.ts'
import type { Identity } from '#server/db/tx.ts'
import { type Language, Problem, speak, unauthenticated } from '#server/http/problem.ts'
import type { Kernel } from '#server/kernel.ts'

export const cookieName = 'kartoteka'

/** The person behind a request. A hint for choosing statements; what he may see, the database decides from `identity` each time. */
export interface Caller {
  id: string
  role: Role
  sessionId: string
  identity: Identity
  /** Contacts of clients that are not his own come masked. */
  masked: boolean
  /** A head looks through this person's eyes till then. */
  look: { headId: string; until: string } | null
}

/** The language a person chose, and that of the company, for whom his browser speaks neither of ours. */
interface Tongue {
  own: Language | null
  company: Language | null
}

const hintSeconds = 10
const hints = new Map<string, { caller: Caller; tongue: Tongue; until: number }>()

export const hashToken = (token: string) => hash('sha256', token, 'buffer')

/** @throws Problem 401 without a sign or with a dead one */
export async function callerOf(kernel: Kernel, request: FastifyRequest): Promise<Caller> {
  const token = tokenOf(request)
  if (!token) throw unauthenticated()
  const hashed = hashToken(token)
  const key = hashed.toString('latin1')
  const hint = hints.get(key)
  if (hint && hint.until > Date.now()) {
    speak(request, hint.tongue)
    return hint.caller
  }
  const { rows } = await kernel.database.app.query<CallerRow>(
    `select l.session_id, l.user_id, l.role, s.seen_at < now() - interval '5 minutes' as stale, u.masked, l.looker_id, l.looks_until,
       coalesce((select h.language from users h where h.id = l.looker_id), u.language) as own, (select c.language from company c) as company
     from auth.live l join auth.sessions s on s.id = l.session_id join users u on u.id = l.user_id where l.token_hash = $1`,
    [hashed],
  )
  const row = rows[0]
  if (!row) {
    hints.delete(key)
    throw unauthenticated()
  }
  if (row.stale)
    await kernel.database.app.query('update auth.sessions set seen_at = now() where id = $1', [
      row.session_id,
    ])
  const caller: Caller = {
    id: row.user_id,
    role: row.role,
    sessionId: row.session_id,
    identity: { token: hashed },
    masked: row.masked,
    look: row.looker_id ? { headId: row.looker_id, until: new Date(row.looks_until!).toISOString() } : null,
  }
  if (hints.size > 10_000) hints.clear()
  hints.set(key, { caller, tongue: row, until: Date.now() + hintSeconds * 1000 })
  speak(request, row)
  return caller
}

interface CallerRow extends Tongue {
  session_id: string
  user_id: string
  role: Role
  stale: boolean
  masked: boolean
  looker_id: string | null
  looks_until: string | null
}

/**
 * For acts that go past `tx` through the gate: the hint may be seconds old, this asks the database. Never beside a statement of `tx`
 * in a write: a request that holds one connection and waits for another can lock up the pool.
 * @throws Problem 401 where the session has ended meanwhile
 */
export async function confirmSession(pool: pg.Pool, caller: Caller) {
  const { rowCount } = await pool.query(
    'select 1 from auth.sessions s join users u on u.id = s.user_id where s.id = $1 and u.active and (s.expires_at is null or s.expires_at > now())',
    [caller.sessionId],
  )
  if (rowCount !== 1) throw unauthenticated()
}

/** After a change of roles, sessions or passwords: hints are looked up anew. */
export const forgetHints = () => hints.clear()

export const tokenOf = (request: FastifyRequest): string | undefined =>
  bearerOf(request) ?? request.cookies[cookieName]

const bearerOf = (request: FastifyRequest) =>
  /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]

/** A write signed by a cookie must come from our own pages. Programs sign with a bearer and send no Origin. */
export function checkOrigin(request: FastifyRequest, publicUrl: string | null) {
  if (request.method === 'GET' || bearerOf(request)) return
  const { origin, 'sec-fetch-site': site } = request.headers
  // The public address too: a proxy may not hand on the Host it was asked for.
  const ours = [hostOf(`${request.protocol}://${request.host}`), publicUrl && hostOf(publicUrl)]
  if (origin === undefined ? site === 'cross-site' || site === 'same-site' : !ours.includes(hostOf(origin))) {
    throw new Problem(403, 'foreign-origin', {
      ru: 'Запрос пришёл с чужой страницы и не выполнен.',
      en: 'The request came from a foreign page and was not carried out.',
    })
  }
}

const hostOf = (origin: string) => {
  try {
    return new URL(origin).host
  } catch {
    return ''
  }
}
