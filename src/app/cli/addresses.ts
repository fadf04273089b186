import { networkInterfaces } from 'node:os'
import { addressOf, isLoopback } from '#server/config.ts'

/** The addresses colleagues on the network may open: none while we listen to this computer alone. */
export function networkAddresses(host: string, port: number, secure: boolean): string[] {
  if (isLoopback(host)) return []
  const everywhere = host === '0.0.0.0' || host === '::' || host === ''
  if (!everywhere) return [addressOf(host, port, secure)]
  return Object.values(networkInterfaces())
    .flatMap((found) => found ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => addressOf(address, port, secure))
}
