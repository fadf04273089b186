import net from 'node:net'
import { Client, ResultCodeError } from 'ldapts'
import { Problem } from '#server/http/problem.ts'
import type { DirectorySettings } from './settings.ts'

/** No server of the directory could be asked, or it answers what only its operator can mend. */
export class DirectoryAway extends Error {}

/**
 * Asks the first server of the directory that answers, as the one who looks people up.
 * @throws DirectoryAway where none does; a Problem that `ask` throws as it is
 */
export async function askDirectory<T>(
  settings: DirectorySettings,
  ask: (client: Client, url: string) => Promise<T>,
): Promise<T> {
  const reasons: string[] = []
  for (const url of settings.urls) {
    try {
      return await onConnection(settings, url, async (client) => {
        if (settings.bindDn !== null) await client.bind(settings.bindDn, settings.bindPassword)
        return ask(client, url)
      })
    } catch (error) {
      if (error instanceof Problem) throw error
      reasons.push(`${url}: ${(error as Error).message.trim() || (error as Error).name}`)
    }
  }
  throw new DirectoryAway(reasons.join('; '))
}

/**
 * Whether this password opens this entry. Never with an empty one: a server takes that for a stranger and says yes (RFC 4513, 5.1.2).
 * @throws DirectoryAway where the server does not answer any more
 */
export async function passwordOpens(
  settings: DirectorySettings,
  url: string,
  dn: string,
  password: string,
): Promise<boolean> {
  if (password === '' || dn === '') return false
  try {
    await onConnection(settings, url, (client) => client.bind(dn, password))
    return true
  } catch (error) {
    // Wrong, expired, locked, must be changed first: whatever the server says, it is no yes.
    if (error instanceof ResultCodeError) return false
    throw new DirectoryAway(`${url}: ${(error as Error).message}`)
  }
}

async function onConnection<T>(
  { startTls, ca, patienceSeconds }: DirectorySettings,
  url: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const { protocol, hostname } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const trust = { ...(ca !== null && { ca }), ...(net.isIP(host) === 0 && { servername: host }) }
  let opened = false
  const client = new Client({
    url,
    connectTimeout: patienceSeconds * 1000,
    timeout: patienceSeconds * 1000,
    strictDN: false,
    ...(protocol === 'ldaps:' && { tlsOptions: { ...trust, minVersion: 'TLSv1.2' } }),
    ...(protocol === 'ldap:' && {
      // The library opens a lost connection anew, before StartTLS and as nobody: a password must not go there.
      createConnection: ((port: number, to: string) => {
        if (opened) throw new Error('the connection was lost')
        opened = true
        return net.connect(port, to)
      }) as typeof net.connect,
    }),
  })
  // The handshake after StartTLS has no limit of its own.
  const overdue = AbortSignal.timeout(4000 * patienceSeconds)
  try {
    return await Promise.race([
      (async () => {
        if (startTls && protocol === 'ldap:') await client.startTLS({ ...trust, host, minVersion: 'TLSv1.2' })
        return work(client)
      })(),
      new Promise<never>((_, reject) => {
        overdue.addEventListener('abort', () => reject(new Error('no answer in time')))
      }),
    ])
  } finally {
    await client.unbind().catch(() => {})
  }
}
