import type pg from 'pg'
import { clientDraftOf, updateOf } from './drafts.ts'
import { createClient } from '#features/clients/server/create-client.ts'
import { listClients } from '#features/clients/contract.ts'
import { cityCodeOf } from '#features/clients/server/company-settings.ts'
import { listPage } from '#features/clients/server/list.ts'
import { clientText } from '#features/clients/server/queries.ts'
import { updateClient } from '#features/clients/server/update-client.ts'
import { countMyDay } from '#features/my-day/server/queries.ts'
import type { Caller } from '#server/auth/caller.ts'
import { statementsOf, type RoundTrips } from './bare.ts'
import type { Shot } from './http-load.ts'
import type { Role } from './roles.ts'

/** One line of the benchmark: requests over HTTP and the very statements they send. */
export interface Request {
  what: string
  /** Requests a second aimed at, and the bound of the 95th percentile in milliseconds. */
  aim: number
  p95: number
  write?: boolean
  shot(): Shot
  /** Taken down from the product's own functions before measuring. */
  bare(config: pg.ClientConfig): Promise<() => RoundTrips>
}

export const namedOrders = ['name', 'owner', 'region', 'stage', 'created', 'changed', 'nextPlan']
const taken = 60

/** The first page in an order. */
export function pageRequest(role: Role, sort: string): Request {
  return {
    what: `list 50 by ${sort}`,
    aim: 2_000,
    p95: 25,
    shot: () => ({ path: `/clients?limit=50&sort=${sort}` }),
    bare: (config) => listed(config, role, [{ sort }]),
  }
}

export function searchRequest(role: Role, kind: 'starts' | 'parts'): Request {
  const next = inTurn(role[kind])
  return {
    what: kind === 'starts' ? 'search by word starts' : 'search by inner parts',
    aim: kind === 'starts' ? 1_000 : 300,
    p95: 60,
    shot: () => ({ path: `/clients?limit=50&search=${encodeURIComponent(next())}` }),
    bare: (config) =>
      listed(
        config,
        role,
        role[kind].slice(0, taken).map((search) => ({ search })),
      ),
  }
}

export function cardRequest(role: Role): Request {
  const next = inTurn(role.ids)
  return {
    what: 'card',
    aim: 4_000,
    p95: 25,
    shot: () => ({ path: `/clients/${next()}` }),
    bare: async (config) => {
      const [trips] = await statementsOf(config, role.caller, [(tx) => clientText(tx, role.ids[0]!)])
      const text = trips![0]![0]!.text
      return () => [[{ text, values: [next()] }]]
    },
  }
}

/** The numbers of «Мой день», asked for every minute by every open window. */
export function dayRequest(role: Role): Request {
  return {
    what: 'my day',
    aim: 1_000,
    p95: 25,
    shot: () => ({ path: '/my-day' }),
    bare: async (config) => {
      const [trips] = await statementsOf(config, role.caller, [(tx) => countMyDay(tx)])
      return () => trips!
    },
  }
}

export function createRequest(role: Role): Request {
  let number = 0
  return {
    what: 'create with duplicate check',
    aim: 1_000,
    p95: 25,
    write: true,
    shot: () => ({ method: 'POST', path: '/clients', body: clientDraftOf((number += 1), 'http') }),
    bare: async (config) => {
      const made = Date.now()
      const drafts = Array.from({ length: taken }, (_, index) => clientDraftOf(index, 'bare'))
      const all = await statementsOf(
        config,
        role.caller,
        drafts.map(
          (draft) => async (tx) => createClient(tx, callerOf(role), draft as never, await cityCodeOf(tx)),
        ),
      )
      const next = inTurn(all)
      return () => withNewIds(next(), made)
    },
  }
}

export function updateRequest(role: Role): Request {
  const next = inTurn(role.ids)
  let number = 0
  return {
    what: 'update',
    aim: 1_000,
    p95: 25,
    write: true,
    shot: () => ({
      method: 'PATCH',
      path: `/clients/${next()}`,
      body: { version: 1_000_000, ...updateOf((number += 1)) },
    }),
    bare: async (config) => {
      const id = role.ids[0]!
      const [trips] = await statementsOf(config, role.caller, [
        (tx) => updateClient(tx, callerOf(role), id, 1_000_000, updateOf(0) as never),
      ])
      return () => {
        const other = next()
        const text = updateOf((number += 1)).comment
        return trips!.map((statements) =>
          statements.map(({ text: sql, values = [] }) => ({
            text: sql,
            values: values.map((value) =>
              value === id ? other : value === updateOf(0).comment ? text : value,
            ),
          })),
        )
      }
    },
  }
}

const callerOf = ({ caller }: Role) => ({ id: caller.userId, role: caller.role }) as Caller

async function listed(config: pg.ClientConfig, role: Role, inputs: object[]): Promise<() => RoundTrips> {
  const all = await statementsOf(
    config,
    role.caller,
    inputs.map((input) => {
      const parsed = listClients.input.parse({ limit: 50, ...input })
      return (tx) => listPage(tx, callerOf(role), parsed)
    }),
  )
  return inTurn(all)
}

/** Identifiers made since `made` are the draft's own: each repetition gets new ones. */
function withNewIds(trips: RoundTrips, made: number): RoundTrips {
  const renamed = new Map<string, string>()
  const rename = (text: string) =>
    text.replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => {
      if (Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) < made) return id
      if (!renamed.has(id)) renamed.set(id, id.slice(0, 24) + crypto.randomUUID().slice(24))
      return renamed.get(id)!
    })
  const fresh = (value: unknown): unknown => {
    if (typeof value === 'string') return rename(value)
    return value !== null && typeof value === 'object' && !(value instanceof Date)
      ? JSON.parse(rename(JSON.stringify(value)))
      : value
  }
  return trips.map((statements) =>
    statements.map(({ text, values = [] }) => ({ text, values: values.map(fresh) })),
  )
}

function inTurn<T>(list: readonly T[]): () => T {
  let at = 0
  return () => list[at++ % list.length]!
}
