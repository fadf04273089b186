import { expect, test } from 'vitest'
import { userAdd } from './user-add.ts'

test('an address nobody could sign in with or be written to is refused', async () => {
  const person = { name: 'Анна', role: 'manager', password: 'a long new password' }
  for (const email of ['anna', 'anna@', '@example.test', 'a b@example.test', ''])
    await expect(userAdd({ ...person, email }), email).rejects.toMatchObject({ reason: 'email-unfit' })
})
