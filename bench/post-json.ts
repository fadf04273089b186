import type { Target } from './http-load.ts'

/** Sends a body to a path below /api as this caller. @throws Error with the status and what the answer says */
export async function postJson(
  { host, port, token }: Target,
  path: string,
  body: object,
  method: 'POST' | 'PATCH' = 'POST',
): Promise<unknown> {
  const response = await fetch(`http://${host}:${port}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.json()
}
