import type { z } from 'zod'
import type { listClients } from '#features/clients/contract.ts'
import type { Caller } from '#server/auth/caller.ts'
import type { Params } from '#server/db/params.ts'
import { filterSql } from './where.ts'

type ListInput = z.output<(typeof listClients)['input']>

/**
 * A sort key over clients `c`: the expression (never null, indexed for the named orders) and the type its cursor text is cast to.
 * `seat`: the same key as copied into seats `s` that are not the owner's.
 */
interface Order {
  key: string
  type: 'text' | 'timestamptz' | 'bigint'
  seat?: string
  collation?: string
}

const last = `E'\\uFFFF'`
const orders: Record<string, Order> = {
  name: { key: 'c.name_key', type: 'text', seat: 's.name_key', collation: ' collate "C"' },
  region: { key: `coalesce(c.region, ${last})`, type: 'text', seat: 's.region_key' },
  stage: { key: `coalesce(c.stage, ${last})`, type: 'text', seat: 's.stage_key' },
  changed: { key: 'c.updated_at', type: 'timestamptz', seat: 's.changed_at' },
  nextPlan: { key: 'c.next_plan_at', type: 'timestamptz', seat: 's.next_plan_at' },
  lastContact: { key: 'c.last_contact_at', type: 'timestamptz' },
  no: { key: 'c.no', type: 'bigint' },
  kind: { key: 'c.kind', type: 'text' },
  fullName: { key: `coalesce(c.full_name, ${last})`, type: 'text' },
  inn: { key: `coalesce(c.inn, ${last})`, type: 'text' },
  kpp: { key: `coalesce(c.kpp, ${last})`, type: 'text' },
  ogrn: { key: `coalesce(c.ogrn, ${last})`, type: 'text' },
  okpo: { key: `coalesce(c.okpo, ${last})`, type: 'text' },
  source: { key: `coalesce(c.source, ${last})`, type: 'text' },
  comment: { key: `left(coalesce(c.comment, ${last}), 200)`, type: 'text' },
}
/** One key a person, namesakes apart: clients of one owner follow each other in the order they were entered. */
const ownerKey = (user: string) => `${user}.name_key || E'\\u0001' || ${user}.id`
const mine = `s.reason <> 'owner' and s.user_id = any ((select visible_user_ids())::uuid[])`

/**
 * A page in an order: `select id, k, n`. Who sees all walks the order's own index. A scoped caller's page is driven from the people whose
 * seats he shares (each walks `(owner_id, key, id)`) and from the seats given to them, which carry the keys of the named orders: one
 * predicate for both would read the whole table (docs/decisions/0002-seats.md).
 */
export function orderedPage(
  input: ListInput,
  caller: Pick<Caller, 'role'>,
  params: Params,
  at: [string, string] | undefined,
): string {
  const { sort = 'name', limit, cursor: _cursor, ...filter } = input
  const descending = sort.startsWith('-')
  const name = sort.replace(/^-/, '')
  const page: Page = {
    // Some hundred ids are quicker looked up one by one, below the policy, than sought among the seats of ten people.
    everything: caller.role === 'head' || input.ids !== undefined,
    where: filterSql(input, params),
    plain: Object.values(filter).every((value) => value === undefined),
    sign: descending ? '<' : '>',
    direction: descending ? 'desc' : 'asc',
    rows: limit + 1,
    id: at && `${params.add(at[1])}::uuid`,
    key: at && name !== 'created' ? params.add(at[0]) : undefined,
  }
  if (name === 'created') return byCreation(page)
  return name === 'owner' ? byOwner(page) : byKey(page, orders[name]!)
}

interface Page {
  everything: boolean
  where: string
  /** No filter: seats alone can tell which given clients belong on the page. */
  plain: boolean
  sign: '<' | '>'
  direction: 'asc' | 'desc'
  rows: number
  id: string | undefined
  key: string | undefined
}

function byKey(page: Page, order: Order): string {
  const { where, direction, rows, sign } = page
  const bound = `${page.key}::text${order.type === 'text' ? (order.collation ?? '') : `::${order.type}`}`
  const pick = (source: string, key: string, id: string, more: string) => {
    const after = page.id ? ` and (${key}, ${id}) ${sign} (${bound}, ${page.id})` : ''
    return `select ${id} as id, ${key} as k from ${source} and ${more}${after} order by ${key} ${direction}, ${id} ${direction} limit ${rows}`
  }
  const clients = (source: string) => pick(source, order.key, 'c.id', where)
  const given =
    page.plain && order.seat
      ? pick(`seats s where ${mine}`, order.seat, 's.client_id', 's.live')
      : clients(givenClients)
  return numbered(page, clients, given, `p.k ${direction}, p.id ${direction}`)
}

/** Ids are time-ordered: the order of creation is the order of ids, and its index is there already. */
function byCreation(page: Page): string {
  const pick = (source: string, id: string, more: string) => {
    const after = page.id ? ` and ${id} ${page.sign} ${page.id}` : ''
    return `select ${id} as id, ${id}::text as k from ${source} and ${more}${after} order by ${id} ${page.direction} limit ${page.rows}`
  }
  const clients = (source: string) => pick(source, 'c.id', page.where)
  const given = page.plain ? pick(`seats s where ${mine}`, 's.client_id', 's.live') : clients(givenClients)
  return numbered(page, clients, given, `p.id ${page.direction}`)
}

/** Owner after owner; within one, by entry. No index over all holds this order, but each owner's does. */
function byOwner(page: Page): string {
  const { direction, rows, sign, where } = page
  const key = `${page.key}::text collate "C"`
  const from = page.id ? ` and o.key ${sign}= ${key}` : ''
  const after = page.id ? ` and (o.key ${sign} ${key} or c.id ${sign} ${page.id})` : ''
  const order = `order by o.key ${direction}, m.id ${direction}`
  const people = `select u.id, ${ownerKey('u')} as key from users u`
  const own = (whose: string, match: string) =>
    `select m.id, o.key as k from (${whose}) o cross join lateral (
       select c.id from clients c where ${match} and ${where}${after} order by c.id ${direction} limit ${rows}) m
     where true${from} ${order} limit ${rows}`
  if (page.everything) {
    const whole = `(${own(`${people} order by 2 ${direction}`, 'c.owner_id = o.id')})
      union all (${own(`select ${last} collate "C" as key`, 'c.owner_id is null')})`
    return numberedWhole(whole, `p.k ${direction}, p.id ${direction}`, rows)
  }
  const givenKey = `coalesce(${ownerKey('u')}, ${last})`
  const givenAfter = (id: string) => (page.id ? ` and (${givenKey}, ${id}) ${sign} (${key}, ${page.id})` : '')
  const given = page.plain
    ? `select s.client_id as id, ${givenKey} as k from seats s left join users u on u.id = s.owner_id
       where ${mine} and s.live${givenAfter('s.client_id')} order by 2 ${direction}, 1 ${direction} limit ${rows}`
    : `select c.id, ${givenKey} as k from (select distinct s.client_id from seats s where ${mine}) given
         join clients c on c.id = given.client_id left join users u on u.id = c.owner_id
       where ${where}${givenAfter('c.id')} order by 2 ${direction}, 1 ${direction} limit ${rows}`
  return numberedWhole(
    `(${own(`${people} where u.id = any ((select visible_user_ids())::uuid[]) order by 2 ${direction}`, 'c.owner_id = o.id')}) union (${given})`,
    `p.k ${direction}, p.id ${direction}`,
    rows,
  )
}

const givenClients = `(select distinct s.client_id from seats s where ${mine}) given join clients c on c.id = given.client_id where true`

function numbered(page: Page, clients: (source: string) => string, given: string, order: string): string {
  const whole = page.everything
    ? clients('clients c where true')
    : `select m.id, m.k from unnest((select visible_user_ids())) seen (user_id)
         cross join lateral (${clients('clients c where c.owner_id = seen.user_id')}) m
       union
       select g.id, g.k from (${given}) g`
  return numberedWhole(whole, order, page.rows)
}

/** `order` names `p.k`: a bare `k` would be the text that leaves, and numbers in the order of their letters cut off the wrong rows. */
const numberedWhole = (whole: string, order: string, rows: number) =>
  `select id, k::text, row_number() over (order by ${order})::int as n from (${whole}) p order by ${order} limit ${rows}`
