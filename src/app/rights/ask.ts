import { setTimeout as pause } from 'node:timers/promises'
import type { Answer, Person, TestWorld } from '#app/testing.ts'
import { listenAs } from '#app/testing-stream.ts'
import type { Endpoint } from '#shared/endpoint.ts'
import type { Foreign } from './foreign-record.ts'
import type { Asker, Rule } from './table.ts'

/** Under which name an endpoint stands in the table. */
export const nameOf = ({ method, path }: Pick<Endpoint, 'method' | 'path'>) => `${method} ${path}`

/** What a rule asks about this record. */
export function asksOf(rule: Rule, foreign: Foreign, asker: Asker): Record<string, unknown>[] {
  const asks = rule.ask?.(foreign, asker) ?? {}
  return Array.isArray(asks) ? asks : [asks]
}

/** Calls an endpoint of the table as this person: path, query and body out of one flat object. */
export function askAs(
  world: TestWorld,
  person: Person,
  name: string,
  ask: Record<string, unknown>,
  file?: string,
): Promise<Answer> {
  const [method, template] = name.split(' ') as [string, string]
  const rest = { ...ask }
  const path = template.replace(/:(\w+)/g, (_, key: string) => {
    const value = String(rest[key])
    delete rest[key]
    return encodeURIComponent(value)
  })
  if (world.app.endpoints.some((endpoint) => endpoint.stream && nameOf(endpoint) === name))
    return heardBy(world, person, rest)
  if (file !== undefined) return person.upload(path, { name: 'чужой.txt', data: Buffer.from(file) })
  if (method === 'GET' || method === 'DELETE') {
    const query = new URLSearchParams(
      Object.entries(rest).map(([key, value]): [string, string] => [key, String(value)]),
    ).toString()
    return person.call(method, query ? `${path}?${query}` : path)
  }
  return person.call(method, path, rest)
}

/** What a stream says within a moment. */
async function heardBy(world: TestWorld, person: Person, ask: Record<string, unknown>): Promise<Answer> {
  const query = `?${new URLSearchParams(ask as Record<string, string>).toString()}`
  const ear = await listenAs(world.app, person, { query })
  await pause(ear.status === 200 ? 300 : 20)
  ear.close()
  const headers = Object.fromEntries(ear.headers)
  return { status: ear.status, headers, body: ear.text(), raw: Buffer.from(ear.text()) }
}

/** All that could be changed of the record, as one hash. */
export async function traceOf(world: TestWorld, foreign: Foreign) {
  const { clientId, privateActivityId, viewId, jobId, sessionId, importId, fillRequestId, exportRequestId } =
    foreign
  return world.sql(
    `select md5(string_agg(r, '|' order by r)) as trace from (
       select c::text as r from clients c where c.id = $1
       union all select p::text from people p where p.client_id = $1
       union all select t::text from contacts t where t.client_id = $1
       union all select b::text from bank_accounts b where b.client_id = $1
       union all select a::text from activities a where a.client_id = $1 or a.id = $2
       union all select f::text from files f where f.client_id = $1
       union all select s::text from seats s where s.client_id = $1
       union all select v::text from views v where v.id = $3
       union all select j::text from jobs j where j.id = $4
       union all select e::text from auth.sessions e where e.id = $5
       union all select i::text from imports i where i.id = $6
       union all select m::text from import_matches m where m.import_id = $6
       union all select d::text from import_decisions d where d.import_id = $6
       union all select r::text from fill_requests r where r.id = $7
       union all select r::text from export_requests r where r.id = $8) rows`,
    [clientId, privateActivityId, viewId, jobId, sessionId, importId, fillRequestId, exportRequestId],
  )
}
