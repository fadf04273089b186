import { z } from 'zod'
import { endpoint } from '#shared/endpoint.ts'

/** A part of the plan: as many entries as `GET /activities?user=me&open=true` finds between these bounds. */
const Part = z.object({ from: z.string().nullable(), to: z.string().nullable(), count: z.number().int() })

/** The caller's open plan, parted by the company's calendar day. */
export const MyDay = z.object({
  /** The company's day now, `YYYY-MM-DD`. */
  today: z.iso.date(),
  overdue: Part,
  due: Part,
  /** Calls of today that have their hour: as many as `kind=call&timed=true` finds between these bounds. */
  callbacks: Part,
  /** The seven days after today. */
  coming: Part,
  /** Done by the caller today. */
  done: z.number().int(),
  /** Open plans of those the caller stands in for now, apart from his own: as many as `GET /activities?user={userId}&open=true` finds. */
  standingIn: z.array(z.object({ userId: z.uuid(), overdue: Part, due: Part, coming: Part })),
})
export type MyDay = z.output<typeof MyDay>

export const getMyDay = endpoint({
  method: 'GET',
  reads: 'list',
  path: '/my-day',
  summary: "How much of the caller's plan is overdue, due today and coming",
  output: MyDay,
})

/** What somebody else did to one of the caller's clients: changed the client, or entered or changed an event. */
export const NewsItem = z.object({
  at: z.string(),
  /** Null: nobody of us, a file or a program. */
  by: z.uuid().nullable(),
  clientId: z.uuid(),
  clientName: z.string(),
  /** Whether the client is new since. */
  isNew: z.boolean(),
  /** The event that was entered or changed; null: the client himself. */
  activity: z
    .object({ id: z.uuid(), kind: z.string(), text: z.string(), result: z.string().nullable() })
    .nullable(),
})

/** No more are counted or listed; `exact` says whether that is all. */
export const mostNews = 200

export const getNews = endpoint({
  method: 'GET',
  reads: 'list',
  path: '/my-day/news',
  summary: "What others changed on the caller's own clients since he last looked, at most 14 days back",
  output: z.object({ since: z.string(), exact: z.boolean(), items: z.array(NewsItem) }),
})
export const seeNews = endpoint({
  method: 'PUT',
  path: '/my-day/news/seen',
  summary: 'The caller has looked through the news up to this moment',
  input: z.object({ until: z.iso.datetime({ offset: true }) }),
  output: z.object({ since: z.string() }),
})

export const Birthday = z.object({
  /** The company's day it is kept on: 29 February falls on the 28th where there is none. */
  day: z.iso.date(),
  personId: z.uuid(),
  personName: z.string(),
  position: z.string().nullable(),
  /** How old; null where the year is not known (before 1901). */
  turns: z.number().int().nullable(),
  clientId: z.uuid(),
  clientName: z.string(),
})
export const listBirthdays = endpoint({
  method: 'GET',
  reads: 'list',
  path: '/birthdays',
  summary: "Birthdays of persons of the caller's clients, today and in the days that follow",
  input: z.object({ days: z.coerce.number().int().min(1).max(31).default(7) }),
  output: z.array(Birthday),
})
