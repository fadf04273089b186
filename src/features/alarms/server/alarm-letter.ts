import type { GateClient } from '#server/auth/gate.ts'
import type { Block } from '#server/mail/compose.ts'
import type { LetterContext, Reader } from '#server/mail/daily.ts'
import { post } from '#server/mail/outbox.ts'
import { alarmWords, sayAlarm } from './alarm-words.ts'

interface Untold {
  id: string
  kind: string
  user: string | null
  client: string | null
  details: Record<string, unknown>
  at: string
}

/** An alarm nobody has been told of for this long is no news. */
const freshHours = 24
const mostInOne = 50

/** Writes to every head of the alarms raised since the last letter; those somebody has looked at meanwhile need none. */
export async function writeAlarmLetters({ database, now, publicUrl }: LetterContext): Promise<void> {
  const client = await database.owner.connect()
  try {
    await client.query('begin')
    const alarms = await takeUntold(client, now())
    if (alarms.length > 0) {
      const expiresAt = new Date(now().getTime() + freshHours * 3_600_000)
      for (const head of await headsOf(client)) {
        const key = `alarm/${alarms.at(-1)!.id}/${head.id}`
        const to = { key, userId: head.id, address: head.email, name: head.name, expiresAt }
        await post(client, { ...to, ...letterOf(alarms, head, publicUrl) }, now())
      }
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

async function takeUntold(client: GateClient, now: Date): Promise<Untold[]> {
  const { rows } = await client.query<Untold & { fresh: boolean }>(
    `with taken as (
       update alarms a set told_at = $1 where a.id in (
         select id from alarms where told_at is null order by id limit ${mostInOne} for update skip locked)
       returning a.*)
     select t.id, t.kind, u.name as user, c.name as client, t.details,
       to_char(t.created_at at time zone (select time_zone from company), 'DD.MM HH24:MI') as at,
       t.seen_at is null and t.created_at > $1::timestamptz - interval '${freshHours} hours' as fresh
     from taken t left join users u on u.id = t.user_id left join clients c on c.id = t.client_id order by t.id`,
    [now],
  )
  return rows.filter(({ fresh }) => fresh)
}

async function headsOf(client: GateClient): Promise<Reader[]> {
  const { rows } = await client.query<Reader>(
    `select u.id, u.role, u.name, u.email, coalesce(u.language, c.language) as language
     from users u cross join company c where u.active and u.role = 'head' order by u.id`,
  )
  return rows
}

function letterOf(alarms: readonly Untold[], { name, language }: Reader, url: string | null) {
  const words = alarmWords[language]
  const blocks: Block[] = [
    { text: words.greeting(name) },
    { list: alarms.map((alarm) => ({ text: sayAlarm(alarm, language), note: alarm.at })) },
  ]
  if (url) blocks.push({ text: words.open, href: `${url}/alarms` })
  return { subject: words.subject(alarms.length), blocks }
}
