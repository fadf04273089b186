import type { GateClient } from '#server/auth/gate.ts'
import type { Block } from '#server/mail/compose.ts'
import type { LetterContext, Reader } from '#server/mail/daily.ts'
import { post } from '#server/mail/outbox.ts'
import type { Road } from '#shared/roads.ts'
import { requestWords } from './request-words.ts'
import { takingWords } from './words.ts'

interface Told extends Reader {
  request: string
  asker: string
  road: Road
  rows: number
  reason: string
  answer: string | null
  state: string
}

/** What nobody has been told of for this long is no news. */
const freshHours = 24

/** Writes to every head that somebody asks for an export, and to the asker what was decided; each once. */
export async function writeRequestLetters({ database, now, publicUrl }: LetterContext): Promise<void> {
  const client = await database.owner.connect()
  try {
    await client.query('begin')
    // One writer at a time: two with the same letters in another order would wait for each other.
    const { rows } = await client.query<{ free: boolean }>(
      `select pg_try_advisory_xact_lock(hashtext('export request letters')) as free`,
    )
    if (!rows[0]!.free) return void (await client.query('rollback'))
    const moment = now()
    const expiresAt = new Date(moment.getTime() + freshHours * 3_600_000)
    for (const told of [...(await asked(client, moment)), ...(await decided(client, moment))]) {
      const { request, state, id, email, name } = told
      const key = `export-request/${request}/${state === 'asked' ? 'asked' : 'decided'}/${id}`
      await post(
        client,
        { key, userId: id, address: email, name, expiresAt, ...letterOf(told, publicUrl) },
        moment,
      )
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

const columns = `r.id as request, asker.name as asker, r.road, r.rows, r.reason, r.answer,
  u.id, u.role, u.name, u.email, coalesce(u.language, c.language) as language`

/** Requests no letter has told of yet, once for each head but the asker. */
async function asked(client: GateClient, moment: Date): Promise<Told[]> {
  const { rows } = await client.query<Told>(
    `with taken as (
       update export_requests r set told_at = $1 where r.id in (
         select id from export_requests where told_at is null order by id limit 50 for update skip locked)
       returning r.*)
     select ${columns}, r.state from taken r join users asker on asker.id = r.user_id cross join company c
       join users u on u.active and u.role = 'head' and u.id <> r.user_id
     where r.state = 'asked' and r.asked_at > $1::timestamptz - interval '${freshHours} hours' order by r.id, u.id`,
    [moment],
  )
  return rows
}

async function decided(client: GateClient, moment: Date): Promise<Told[]> {
  const { rows } = await client.query<Told>(
    `select ${columns}, case when r.state = 'refused' then 'refused' else 'approved' end as state
     from export_requests r join users u on u.id = r.user_id and u.active join users asker on asker.id = r.user_id cross join company c
     where r.decided_at > $1::timestamptz - interval '${freshHours} hours'
       and not exists (select 1 from letters l where l.key = format('export-request/%s/decided/%s', r.id, u.id))
     order by r.id limit 50`,
    [moment],
  )
  return rows
}

function letterOf(told: Told, url: string | null) {
  const words = requestWords[told.language]
  const what = `${takingWords[told.language].roads[told.road]}, ${words.rows}: ${told.rows}`
  const isAsked = told.state === 'asked'
  const subject = isAsked ? words.asks(told.asker) : words.decided[told.state as 'approved' | 'refused']
  const blocks: Block[] = [
    { text: words.greeting(told.name) },
    { text: `${subject}: ${what}.` },
    {
      text: isAsked
        ? `${words.reason}: ${told.reason}`
        : told.answer
          ? `${words.answer}: ${told.answer}`
          : '',
    },
  ].filter(({ text }) => text !== '')
  if (url) blocks.push({ text: words.open, href: `${url}/taking?tab=requests` })
  return { subject, blocks }
}
