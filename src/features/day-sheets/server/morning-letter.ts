import type { Activity } from '#features/activities/contract.ts'
import { todayIn } from '#features/activities/when.ts'
import { findActivities } from '#features/activities/server/queries.ts'
import { remindersBetween } from '#features/activities/server/reminders.ts'
import { partOf, requestsOfMine } from '#features/fill-requests/server/queries.ts'
import { birthdaysOf } from '#features/my-day/server/birthdays.ts'
import { countMyDay } from '#features/my-day/server/queries.ts'
import { unattendedOf } from '#features/substitutions/server/queries.ts'
import { columnTitle } from '#features/reports/server/workbooks.ts'
import type { Tx } from '#server/db/tx.ts'
import type { Block } from '#server/mail/compose.ts'
import type { DailyLetter, Occasion, Reader } from '#server/mail/daily.ts'
import { dayInWords, letterWords, shortDay } from './letter-words.ts'
import { sheetWords } from './words.ts'

/** So many entries stand in a letter; the rest are counted. */
const mostListed = 30
/** An absence nobody stands in for is told of so many days before. */
const daysAhead = 7

/** The person's own day: plan, overdue, birthdays, what he is asked to fill in. */
export const morningLetter: DailyLetter = { kind: 'morning', compose }

async function compose(tx: Tx, reader: Reader, { day, timeZone, now, url }: Occasion) {
  const words = letterWords[reader.language]
  const counts = await countMyDay(tx)
  const due = await openPlan(tx, reader.id, counts.due)
  const overdue = await openPlan(tx, reader.id, counts.overdue)
  const birthdays = await birthdaysOf(tx, 1, now)
  const requests = await requestsLeft(tx, day)
  const bells = await remindersBetween(tx, counts.due.from!, counts.due.to!, mostListed)
  // What is due today or was due stands in the plan above, with its bell.
  const ahead = bells.filter(({ activity }) => Date.parse(activity.dueAt!) >= Date.parse(counts.due.to!))
  const unattended = reader.role === 'manager' ? [] : await unattendedOf(tx, daysAhead)
  const others = birthdays.length + requests.length + unattended.length
  const told = counts.due.count + counts.overdue.count + ahead.length + others
  if (told === 0) return null
  const bellAt = new Map(bells.map(({ activity, remindAt }) => [activity.id, remindAt]))
  const line = (entry: Activity) => lineOf(entry, reader, timeZone, bellAt.get(entry.id))
  const blocks: Block[] = [
    { text: words.greeting(reader.name) },
    ...planOf(words.today(counts.due.count), due.map(line), counts.due.count, words.more),
    ...(counts.due.count === 0 ? [{ text: words.noPlan }] : []),
    ...planOf(words.overdue(counts.overdue.count), overdue.map(line), counts.overdue.count, words.more),
  ]
  if (ahead.length > 0) {
    const { locale } = letterWords[reader.language]
    const dueDay = (at: string) =>
      new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone }).format(new Date(at))
    const list = ahead.map(({ activity }) => {
      const { text, note } = line(activity)
      return { text: `${dueDay(activity.dueAt!)}, ${text}`, ...(note && { note }) }
    })
    blocks.push({ heading: words.reminders }, { list })
  }
  if (unattended.length > 0) {
    const dayOf = (moment: string) => shortDay(todayIn(timeZone, new Date(moment)), reader.language)
    blocks.push(
      { heading: words.unattended },
      {
        list: unattended.map(({ name, from, to }) => ({
          text: name,
          note: `${dayOf(from)} – ${dayOf(lastMomentOf(to))}`,
          ...(url && { href: `${url}/team/substitutions` }),
        })),
      },
    )
  }
  if (birthdays.length > 0) {
    blocks.push(
      { heading: words.birthdays },
      {
        list: birthdays.map(({ personName, turns, clientName }) => ({
          text: personName,
          note: [turns === null ? null : words.turns(turns), clientName].filter(Boolean).join(', '),
        })),
      },
    )
  }
  if (requests.length > 0) {
    blocks.push(
      { heading: words.requests },
      {
        list: requests.map(({ id, text, columns, dueOn, overdue, left, clients, ownerId, ownerName }) => ({
          text: text || columns.map((column) => columnTitle(column, reader.language)).join(', '),
          note: [
            ...(ownerId === reader.id ? [] : [words.inPlaceOf(ownerName)]),
            words.left(left, clients),
            words.dueBy(shortDay(dueOn, reader.language)),
            ...(overdue ? [words.late] : []),
          ].join(', '),
          ...(url && { href: `${url}/fill-requests/${id}` }),
        })),
      },
    )
  }
  if (url) blocks.push({ text: words.open, href: `${url}/` })
  blocks.push({ text: words.switchOff, quiet: true })
  return { subject: words.morningSubject(dayInWords(day, reader.language)), blocks }
}

/** An absence until midnight has the day before as its last. */
const lastMomentOf = (to: string) => new Date(Date.parse(to) - 1).toISOString()

async function openPlan(tx: Tx, userId: string, part: { from: string | null; to: string | null }) {
  const bounds = { ...(part.from && { from: part.from }), ...(part.to && { to: part.to }) }
  return (await findActivities(tx, userId, { ...bounds, user: ['me'], open: true, limit: mostListed })).items
}

async function requestsLeft(tx: Tx, today: string) {
  const requests = []
  for (const request of await requestsOfMine(tx, today)) {
    const part = await partOf(tx, request, request.ownerId)
    if (part.left > 0) requests.push({ ...request, ...part })
  }
  return requests
}

function planOf(
  heading: string,
  list: { text: string; note?: string }[],
  count: number,
  more: (count: number) => string,
): Block[] {
  if (count === 0) return []
  const rest = count - list.length
  return [{ heading }, { list: rest > 0 ? [...list, { text: more(rest) }] : list }]
}

/** `10:30 звонок: Узнать про договор (ООО «Луч», напоминание в 10:15)`; midnight means the whole day. */
function lineOf(
  entry: Activity,
  { language }: Reader,
  timeZone: string,
  bellAt: string | undefined,
): { text: string; note?: string } {
  const { locale, wholeDay, bell } = letterWords[language]
  const format = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  })
  const clock = format.format(new Date(entry.dueAt!))
  const kind = sheetWords[language].kinds[entry.kind]
  const note = [entry.clientName, bellAt && bell(format.format(new Date(bellAt)))].filter(Boolean).join(', ')
  return {
    text: `${clock === '00:00' ? wholeDay : clock} ${kind}${entry.text ? `: ${entry.text}` : ''}`,
    ...(note && { note }),
  }
}
