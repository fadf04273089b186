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
  /** The seven days after today. */
  coming: Part,
  /** Done by the caller today. */
  done: z.number().int(),
})
export type MyDay = z.output<typeof MyDay>

export const getMyDay = endpoint({
  method: 'GET',
  path: '/my-day',
  summary: "How much of the caller's plan is overdue, due today and coming",
  output: MyDay,
})
