import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Role } from '#shared/roles.ts'
import type { Identity } from '#server/db/tx.ts'
import { Problem, unauthenticated } from '#server/http/problem.ts'
import type { Kernel } from '#server/kernel.ts'

export const cookieName = 'kartoteka'

/** The person behind a request. A hint for choosing statements; what he may see, the database decides from `identity` each time. */
export interface Caller {
  id: string
  role: Role
  sessionId: string
  identity: Identity
}

const hintSeconds = 10
const hints = new Map<string, { caller: Caller; until: number }>()

export const hashToken = (token: string) => createHash('sha256').update(token).digest()

/** @throws Problem 401 without a sign or with a dead one */
export async function callerOf(kernel: Kernel, request: FastifyRequest): Promise<Caller> {
  const token = tokenOf(request)
  if (!token) throw unauthenticated()
  const hash = hashToken(token)
  const key = hash.toString('base64')
  const hint = hints.get(key)
  if (hint && hint.until > Date.now()) return hint.caller
  const { rows } = await kernel.database.app.query<{
    session_id: string
    user_id: string
    role: Role
    stale: boolean
  }>(
    `select l.session_id, l.user_id, l.role, s.seen_at < now() - interval '5 minutes' as stale
     from auth.live_session($1) l join auth.sessions s on s.id = l.session_id`,
    [hash],
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
    identity: { token: hash },
  }
  if (hints.size > 10_000) hints.clear()
  hints.set(key, { caller, until: Date.now() + hintSeconds * 1000 })
  return caller
}

/** After a change of roles, sessions or passwords: hints are looked up anew. */
export const forgetHints = () => hints.clear()

export function tokenOf(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')
  return bearer?.[1] ?? request.cookies[cookieName]
}

/** A write signed by a cookie must come from our own pages. Programs sign with a bearer and send no Origin. */
export function checkOrigin(request: FastifyRequest) {
  if (request.method === 'GET' || request.headers.authorization) return
  const origin = request.headers.origin
  if (
    origin === undefined
      ? request.headers['sec-fetch-site'] === 'cross-site'
      : hostOf(origin) !== request.host
  ) {
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
