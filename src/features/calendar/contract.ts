import { z } from 'zod'
import { Activity } from '#features/activities/contract.ts'
import { endpoint, listOf } from '#shared/endpoint.ts'

/** A month with the ends of the weeks around it. */
export const mostDays = 42

/** A day of the company's calendar: how many entries stand on it, and the first of them. */
export const CalendarDay = z.object({
  day: z.iso.date(),
  count: z.number().int(),
  entries: z.array(Activity),
})

export const getCalendar = endpoint({
  method: 'GET',
  reads: 'list',
  path: '/calendar',
  summary:
    'Entries by days of the company: plans on the day they are due, the rest on the day they were done; and how many open plans are overdue',
  input: z
    .object({
      from: z.iso.date(),
      /** Itself included. */
      to: z.iso.date(),
      /** User ids, or `me`; by default the caller. */
      user: listOf(z.union([z.literal('me'), z.uuid()])).optional(),
      /** Everybody of a team. */
      team: z.uuid().optional(),
      /** How many entries a day brings; `count` tells of the rest. */
      perDay: z.coerce.number().int().min(1).max(500).default(100),
    })
    .refine(
      ({ from, to }) => {
        const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1
        return days >= 1 && days <= mostDays
      },
      { path: ['to'] },
    ),
  output: z.object({
    today: z.iso.date(),
    days: z.array(CalendarDay),
    /** Open plans of these people from before today. */
    overdue: z.number().int(),
  }),
})
