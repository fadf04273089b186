import type { z } from 'zod'
import { dayAfter, todayIn } from '#features/activities/when.ts'
import type { Birthday } from '#features/my-day/contract.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'

/** An unknown year is written as the earliest a table program knows. */
const firstKnownYear = 1901

interface Row {
  key: number
  personId: string
  personName: string
  position: string | null
  birthday: string
  clientId: string
  clientName: string
}

/** Birthdays of persons of the caller's clients on so many days from today on, by the company's calendar. */
export async function birthdaysOf(tx: Tx, days: number, now: Date): Promise<z.output<typeof Birthday>[]> {
  const company = await rowOf<{ zone: string }>(tx, 'select time_zone as zone from company')
  const today = todayIn(company?.zone ?? 'Europe/Moscow', now)
  const dayOfKey = new Map(
    Array.from({ length: days }, (_, ahead) => dayAfter(today, ahead)).flatMap((day) =>
      keysOf(day).map((key) => [key, day] as const),
    ),
  )
  const rows = await rowsOf<Row>(
    tx,
    `select b.key, p.id as "personId", p.name as "personName", p.position, p.birthday, c.id as "clientId", c.name as "clientName"
     from my_birthdays($1) b join people p on p.id = b.person_id join clients c on c.id = b.client_id`,
    [[...dayOfKey.keys()]],
  )
  return rows
    .map(({ key, birthday, ...person }) => {
      const day = dayOfKey.get(key)!
      const year = Number(birthday.slice(0, 4))
      return { ...person, day, turns: year < firstKnownYear ? null : Number(day.slice(0, 4)) - year }
    })
    .toSorted((a, b) => a.day.localeCompare(b.day) || a.personName.localeCompare(b.personName, 'ru'))
}

/** Month × 100 + day; who was born on 29 February keeps it on the 28th of a common year. */
function keysOf(day: string): number[] {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const key = month * 100 + date
  const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCDate() === 29
  return key === 228 && !isLeap ? [228, 229] : [key]
}
