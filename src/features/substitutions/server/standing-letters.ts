import type { Activity } from '#features/activities/contract.ts'
import type { Tx } from '#server/db/tx.ts'
import type { Block } from '#server/mail/compose.ts'
import type { Occasion, OccasionalLetter } from '#server/mail/occasional.ts'
import { briefOf, digestOf } from './brief.ts'
import { standingWords } from './letter-words.ts'

/** So many entries stand in a letter; the rest are counted. */
const mostListed = 20

interface Standing extends Occasion {
  kind: 'brief' | 'digest'
  substitutionId: string
  /** Who is away, or who stood in. */
  names: string
  readOnly: boolean
  endsAt: string
  timeZone: string
}

// What began or ended more than a day ago is no news: a computer switched on later sends nothing of it.
const due = `
  select due.kind, due.id as "substitutionId", due.names, due.mode = 'read' as "readOnly", due.ends_at as "endsAt", c.time_zone as "timeZone",
    u.id, u.role, u.name, u.email, coalesce(u.language, c.language) as language, format('%s/%s/%s', due.kind, due.id, u.id) as key,
    case due.kind when 'brief' then due.ends_at else due.ends_at + interval '3 days' end as "expiresAt"
  from (
    select 'brief' as kind, s.id, d.user_id, a.name as names, s.mode, s.ends_at
    from substitutions s join substitution_deputies d on d.substitution_id = s.id join users a on a.id = s.absent_id
    where s.starts_at <= $1 and s.ends_at > $1 and greatest(s.starts_at, s.created_at) > $1::timestamptz - interval '1 day'
    union all
    select 'digest', s.id, s.absent_id, string_agg(u.name, ', ' order by u.name_key), s.mode, s.ends_at
    from substitutions s join substitution_deputies d on d.substitution_id = s.id join users u on u.id = d.user_id
    where s.ends_at <= $1 and s.ends_at > $1::timestamptz - interval '1 day' and s.starts_at < s.ends_at group by s.id) due
  join users u on u.id = due.user_id and u.active and u.standing_letter cross join company c`

/** To every deputy as a substitution begins what he must know, to who was away as it ends what was done. */
export const standingLetter: OccasionalLetter<Standing> = {
  due,
  compose: (tx, occasion, url) => (occasion.kind === 'brief' ? brief : digest)(tx, occasion, url),
}

async function brief(tx: Tx, occasion: Standing, url: string | null) {
  const { substitutionId, names, language, timeZone, endsAt } = occasion
  const words = standingWords[language]
  const { clients, plan, planCount, talks } = await briefOf(tx, substitutionId)
  const blocks: Block[] = [
    { text: words.greeting(occasion.name) },
    { text: words.brief(names, momentIn(new Date(endsAt), words.locale, timeZone)) },
    ...(occasion.readOnly ? [{ text: words.looksOnly }] : []),
    { text: words.figures(clients, planCount) },
    ...listed(words.plan, plan, planCount, ({ dueAt }) => dueAt!, occasion),
    ...listed(words.talks, talks.slice(0, mostListed), 0, ({ at }) => at, occasion),
    ...(url ? [{ text: words.openBrief, href: `${url}/team/substitutions/${substitutionId}` }] : []),
    { text: words.switchOff, quiet: true },
  ]
  return { subject: words.briefSubject(names), blocks }
}

async function digest(tx: Tx, occasion: Standing, url: string | null) {
  const { substitutionId, names, language } = occasion
  const words = standingWords[language]
  const { actCount, done, overdue } = await digestOf(tx, substitutionId)
  const blocks: Block[] = [
    { text: words.greeting(occasion.name) },
    { text: words.digest(names) },
    { text: words.acts(actCount, overdue) },
    ...(done.length === 0 ? [{ text: words.nothingDone }] : []),
    ...listed(words.done, done, done.length, ({ doneAt }) => doneAt!, occasion),
    ...(url ? [{ text: words.openDigest, href: `${url}/team/substitutions/${substitutionId}` }] : []),
    { text: words.switchOff, quiet: true },
  ]
  return { subject: words.digestSubject, blocks }
}

function listed(
  heading: string,
  entries: readonly Activity[],
  count: number,
  at: (entry: Activity) => string,
  { language, timeZone }: Standing,
): Block[] {
  if (entries.length === 0) return []
  const { locale, more } = standingWords[language]
  const list = entries.slice(0, mostListed).map((entry) => ({
    text: [momentIn(new Date(at(entry)), locale, timeZone), entry.text, entry.result]
      .filter(Boolean)
      .join(' · '),
    ...(entry.clientName && { note: entry.clientName }),
  }))
  const rest = count - list.length
  return [{ heading }, { list: rest > 0 ? [...list, { text: more(rest) }] : list }]
}

const momentIn = (at: Date, locale: string, timeZone: string) =>
  new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(at)
