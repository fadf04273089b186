import { expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'
import { asCaller } from '#server/db/tx.ts'
import { compose } from '#server/mail/compose.ts'
import { morningLetter } from './morning-letter.ts'

// 08:30 of a Wednesday in Moscow.
const now = new Date('2026-11-25T05:30:00Z')
const world = testWorld({ kernel: async () => ({ now: () => now }) })

/** The text of somebody's letter of that morning; null where there is nothing to say. */
async function letterOf(person: Person, language: 'ru' | 'en' = 'ru') {
  const reader = {
    id: person.id,
    name: person.name,
    role: 'manager' as const,
    email: 'x@example.test',
    language,
  }
  const occasion = { day: '2026-11-25', timeZone: 'Europe/Moscow', now, url: '' }
  const letter = await asCaller(
    world.app.kernel.database.app,
    { userId: person.id },
    (tx) => morningLetter.compose(tx, reader, occasion),
    { mode: 'read', now },
  )
  return letter && compose(letter.blocks).body
}

const plan = async (who: Person, clientId: string, dueAt: string, text: string, remindBefore: number[]) =>
  (await who.post('/activities', { clientId, kind: 'call', text, dueAt, remindBefore })).body

test('a plan of another day stands in the morning letter of the day it is to be reminded of', async () => {
  const anna = await world.person('manager')
  const { id } = (await anna.post('/clients', { name: 'Астра' })).body
  expect(await letterOf(anna)).toBeNull()
  // A whole day tomorrow, at nine the day before; in two days, an hour before; tomorrow without a bell.
  const eve = await plan(anna, id, '2026-11-25T21:00:00Z', 'Отправить договор', [900])
  await plan(anna, id, '2026-11-27T10:00:00Z', 'Про склад', [60])
  await plan(anna, id, '2026-11-26T10:00:00Z', 'Без звонка', [])
  const text = await letterOf(anna)
  expect(text).toContain('ПРОСИЛИ НАПОМНИТЬ СЕГОДНЯ')
  expect(text).toContain('- 26 ноября, весь день звонок: Отправить договор (Астра, напоминание в 09:00)')
  expect(text).not.toContain('Про склад')
  expect(text).not.toContain('Без звонка')
  expect(await letterOf(anna, 'en')).toContain('TO BE REMINDED OF TODAY')
  // Moved away, it is nothing of this morning.
  await anna.post(`/activities/${eve.id}/moves`, { dueAt: '2026-11-29T21:00:00Z' })
  expect(await letterOf(anna)).toBeNull()
})

test('of what is due today the letter tells when the bell rings, and of nobody else’s', async () => {
  const anna = await world.person('manager')
  const boris = await world.person('manager')
  const { id } = (await anna.post('/clients', { name: 'Бета' })).body
  await plan(anna, id, '2026-11-25T10:00:00Z', 'Счёт', [15])
  const text = await letterOf(anna)
  expect(text).toContain('- 13:00 звонок: Счёт (Бета, напоминание в 12:45)')
  expect(text).not.toContain('ПРОСИЛИ НАПОМНИТЬ')
  expect(await letterOf(boris)).toBeNull()
})
