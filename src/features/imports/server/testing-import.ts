import { setTimeout as pause } from 'node:timers/promises'
import type { Import } from '#features/imports/contract.ts'

/** As much of a person of the tests as is needed here. */
interface Person {
  get(path: string): Promise<Answer>
  post(path: string): Promise<Answer>
  upload(
    path: string,
    file: { name: string; data: Uint8Array },
    fields?: Record<string, string>,
  ): Promise<Answer>
}

interface Answer {
  status: number
  body: Import
}

const resting = new Set(['ready', 'applied', 'reversed', 'refused', 'failed', 'cancelled'])

/** The import as soon as nothing works on it any more. `until`: where the status it has is one it may leave by itself. */
export async function settled(
  person: Person,
  id: string,
  until: (found: Import) => boolean = ({ status }) => resting.has(status),
): Promise<Import> {
  for (let tries = 0; tries < 600; tries++) {
    const { body, status } = await person.get(`/imports/${id}`)
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`)
    if (until(body)) return body
    await pause(25)
  }
  throw new Error('the import did not come to rest in fifteen seconds')
}

/** Uploads a table and waits till it is read. Text is a CSV. */
export async function uploaded(
  person: Person,
  data: string | Uint8Array,
  fields: Record<string, string> = {},
  name = 'клиенты.csv',
): Promise<Import> {
  const { body, status } = await person.upload(
    '/imports',
    { name, data: typeof data === 'string' ? Buffer.from(data) : data },
    fields,
  )
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`)
  return settled(person, body.id)
}

/** Writes a ready import. */
export async function applied(person: Person, { id }: Pick<Import, 'id'>): Promise<Import> {
  const { status, body } = await person.post(`/imports/${id}/application`)
  if (status !== 202) throw new Error(`${status} ${JSON.stringify(body)}`)
  return settled(person, id)
}

/** Uploads a table and writes it as it stands. */
export const imported = async (person: Person, data: string | Uint8Array, fields?: Record<string, string>) =>
  applied(person, await uploaded(person, data, fields))
