import { isLoopback } from '#server/config.ts'
import type { Kernel } from '#server/kernel.ts'
import { writeSetting } from '#server/settings-file.ts'
import { networkAddresses } from './cli/addresses.ts'

/**
 * "Open to colleagues": moves the listener at once and writes HOST into `kartoteka.env`, so that the next start does the same.
 * @param move listens on another host from now on; absent where this process does not listen (tests that inject)
 */
export function officeNetwork({
  listen,
  dataDir,
  publicUrl,
  move,
}: Pick<Kernel, 'listen' | 'dataDir' | 'publicUrl'> & {
  move?: ((host: string) => Promise<void>) | undefined
}): Kernel['network'] {
  const isOpen = () => !isLoopback(listen.host)
  const moveTo = async (host: string) => {
    const before = listen.host
    await move?.(host)
    // Whoever follows the settings file finds that this server has done already what the file asks.
    listen.host = host
    try {
      await writeSetting(dataDir, 'HOST', host)
    } catch (error) {
      await move?.(before)
      listen.host = before
      throw error
    }
  }
  return {
    isOpen,
    open: async () => void (isOpen() || (await moveTo('0.0.0.0'))),
    close: async () => void (isOpen() && (await moveTo('127.0.0.1'))),
    addresses: () => {
      const found = networkAddresses(listen.host, listen.port, listen.tls)
      return publicUrl && isOpen() ? [publicUrl, ...found.filter((address) => address !== publicUrl)] : found
    },
  }
}
