import { expect, test, vi } from 'vitest'
import type { Contact } from '#features/clients/contract.ts'
import { settleContact } from './settle-contact.ts'

const opened = {
  id: '1',
  kind: 'phone',
  value: '8 495 111-22-33',
  label: 'рабочий',
  note: null,
  primary: false,
  doNotCall: false,
} as Contact
const draft = { id: '1', kind: 'phone' as const, value: opened.value, label: 'рабочий', note: null }
const unasked = () => Promise.reject(new Error('asked without need'))

test('what others changed and he left alone is as they made it', async () => {
  const now = { ...opened, value: '8 495 111-22-44', primary: true }
  expect(await settleContact(opened, now, { ...draft, note: 'до обеда' }, unasked)).toMatchObject({
    id: '1',
    value: '8 495 111-22-44',
    note: 'до обеда',
    primary: true,
  })
})

test('the same field changed by both is asked, the rest of his edit stays', async () => {
  const now = { ...opened, value: '8 495 111-22-44' }
  const mine = { ...draft, value: '8 495 111-22-55', note: 'до обеда' }
  const said = async (whose: 'mine' | 'theirs' | 'before') => {
    const ask = vi.fn(async () => whose)
    const settled = await settleContact(opened, now, mine, ask)
    expect(ask).toHaveBeenCalledWith(now, mine)
    return settled
  }
  expect(await said('mine')).toMatchObject({ value: '8 495 111-22-55', note: 'до обеда' })
  expect(await said('theirs')).toMatchObject({ value: '8 495 111-22-44', note: 'до обеда' })
  expect(await said('before')).toMatchObject({ value: '8 495 111-22-33', note: 'до обеда' })
})

test('both typed the same: no question', async () => {
  const now = { ...opened, note: 'до обеда' }
  expect(await settleContact(opened, now, { ...draft, note: 'до обеда' }, unasked)).toMatchObject({
    note: 'до обеда',
  })
})

test('removed meanwhile, what he typed is entered anew', async () => {
  const settled = await settleContact(opened, undefined, { ...draft, note: 'до обеда' }, unasked)
  expect(settled).toMatchObject({ value: opened.value, note: 'до обеда' })
  expect(settled.id).toBeUndefined()
})
