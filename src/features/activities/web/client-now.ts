import type { Client } from '#features/clients/contract.ts'
import { wallOf } from '#features/activities/when.ts'
import { zoneOfClient } from '#shared/client-zone.ts'

/** What time it is where the client is, `18:05`; null where that is our time too, or not known. */
export function clientNow(client: Client, shownIn: string): string | null {
  const phone = client.contacts.find(({ kind, normalized }) => kind === 'phone' && normalized)?.normalized
  const zone = zoneOfClient({ ...client, phone: phone ?? null })
  if (!zone) return null
  const now = new Date().toISOString()
  const there = wallOf(now, zone).time ?? '00:00'
  return there === (wallOf(now, shownIn).time ?? '00:00') ? null : there
}
