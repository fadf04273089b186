import type { Client } from './product.ts'

export const password = 'correct horse battery'

export interface Colleague {
  id: string
  email: string
  name: string
}

/** A colleague as the head invites him, his password set by the link. */
export async function addColleague(
  url: string,
  head: Client,
  colleague: { name: string; role: 'manager' | 'team-head' | 'head'; email: string },
): Promise<Colleague> {
  const { user, link } = await head.post('/users', colleague)
  const token = String(link).split('/').at(-1)!
  const accepted = await fetch(`${url}/api/invitations/${token}/acceptance`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password }),
  })
  if (!accepted.ok) throw new Error(await accepted.text())
  return { id: user.id, email: colleague.email, name: colleague.name }
}
