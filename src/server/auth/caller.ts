import { hash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Role } from '#shared/roles.ts'
import type { Identity } from '#server/db/tx.ts'
import { type Language, Problem, speak, unauthenticated } from '#server/http/problem.ts'
import type { Kernel } from '#server/kernel.ts'
import { ownMoment } from './moment.ts'

export const cookieName = 'kartoteka'

/** The person behind a request. A hint for choosing statements; what he may see, the database decides from `identity` each time. */
export interface Caller {
  id: string
  role: Role
  sessionId: string
  /** A program with a token, not a person in a browser. */
  isToken: boolean
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
const hints = new Map<string, { caller: Caller; tongue: Tongue; until: number; stale: boolean }>()

/** Sent by a screen whose person has not touched it for a minute: what it asks by itself keeps no session alive. */
const idleHeader = 'x-kartoteka-idle'

export const hashToken = (token: string) => hash('sha256', token, 'buffer')

/** @throws Problem 401 without a sign or with a dead one */
export async function callerOf(kernel: Kernel, request: FastifyRequest): Promise<Caller> {
  const token = tokenOf(request)
  if (!token) throw unauthenticated()
  const hashed = hashToken(token)
  const key = hashed.toString('latin1')
  const acts = isAct(request)
  const now = kernel.now().getTime()
  const hint = hints.get(key)
  if (hint && hint.until > now && !(hint.stale && acts)) {
    speak(request, hint.tongue)
    watch(kernel, request, hint.caller)
    return hint.caller
  }
  const row = await findCaller(kernel, hashed)
  if (!row) {
    hints.delete(key)
    throw unauthenticated()
  }
  if (row.stale && acts) await touch(kernel, row.session_id)
  const caller: Caller = {
    id: row.user_id,
    role: row.role,
    sessionId: row.session_id,
    isToken: row.kind === 'token',
    identity: { token: hashed },
    masked: row.masked,
    look: row.looker_id ? { headId: row.looker_id, until: new Date(row.looks_until!).toISOString() } : null,
  }
  if (hints.size > 10_000) hints.clear()
  hints.set(key, { caller, tongue: row, until: now + hintSeconds * 1000, stale: row.stale && !acts })
  speak(request, row)
  watch(kernel, request, caller)
  return caller
}

/** Whether a person or a program asks, and not a screen left open; a stream is a screen's too. */
const isAct = (request: FastifyRequest) =>
  request.headers[idleHeader] === undefined && !request.routeOptions.config.endpoint?.stream

function watch(kernel: Kernel, request: FastifyRequest, { isToken, sessionId }: Caller) {
  if (isToken) kernel.tokenAddresses.note(sessionId, request.ip, request.headers['user-agent'])
}

interface CallerRow extends Tongue {
  session_id: string
  kind: 'session' | 'token'
  user_id: string
  role: Role
  /** Its last act was noted so long ago that this one must be. */
  stale: boolean
  masked: boolean
  looker_id: string | null
  looks_until: string | null
}

async function findCaller(kernel: Kernel, hashed: Buffer): Promise<CallerRow | undefined> {
  const { rows } = await kernel.database.app.query<CallerRow>(
    `select s.id as session_id, s.kind, u.id as user_id, u.role, u.masked, c.language as company,
       case when w.looking then s.user_id end as looker_id, case when w.looking then s.looks_until end as looks_until,
       case when w.looking then (select h.language from users h where h.id = s.user_id) else u.language end as own,
       s.seen_at < m.at - least(interval '5 minutes', make_interval(mins => coalesce(c.idle_minutes, 720)) / 10) as stale
     from (select coalesce($2::timestamptz, now()) as at) m cross join auth.sessions s
     cross join lateral (select s.looks_as is not null and s.looks_until > m.at as looking) w
     join users u on u.id = case when w.looking then s.looks_as else s.user_id end left join company c on true
     where s.token_hash = $1 and u.active and (s.expires_at is null or s.expires_at > m.at)
       and (not w.looking or (u.role in ('manager', 'team-head')
         and exists (select 1 from users h where h.id = s.user_id and h.active and h.role = 'head')))`,
    [hashed, ownMoment(kernel)],
  )
  return rows[0]
}

/** Notes an act: the session lives on from it. Written once a few minutes, never with every request. */
async function touch(kernel: Kernel, sessionId: string) {
  await kernel.database.app.query(
    `update auth.sessions s set seen_at = m.at,
       expires_at = case when s.kind = 'session' then least(s.ends_at, m.at + make_interval(mins => coalesce((select idle_minutes from company), 720)))
         else s.expires_at end
     from (select coalesce($2::timestamptz, now()) as at) m
     where s.id = $1 and s.seen_at < m.at and (s.expires_at is null or s.expires_at > m.at)`,
    [sessionId, ownMoment(kernel)],
  )
}

/**
 * For acts that go past `tx` through the gate: the hint may be seconds old, this asks the database. Never beside a statement of `tx`
 * in a write: a request that holds one connection and waits for another can lock up the pool.
 * @throws Problem 401 where the session has ended meanwhile
 */
export async function confirmSession(kernel: Kernel, caller: Caller) {
  const { rowCount } = await kernel.database.app.query(
    `select 1 from auth.sessions s join users u on u.id = s.user_id
     where s.id = $1 and u.active and (s.expires_at is null or s.expires_at > coalesce($2::timestamptz, now()))`,
    [caller.sessionId, ownMoment(kernel)],
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
