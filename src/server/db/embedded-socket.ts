import { createHash } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Account, own } from './embedded-account.ts'

/** With `/.s.PGSQL.5432` behind it a path stays below the 104 bytes of the strictest system. */
const longest = 85

/**
 * A folder for the socket that nobody else can enter: in the data folder, or, where that path is too long for a socket or
 * closed to the server, a short one named by its hash.
 */
export function socketFolderFor(data: string, account: Account | null): string {
  const near = join(data, 'socket')
  if (Buffer.byteLength(near) <= longest && !account?.closed) return ready(near, account)
  const name = `kartoteka-${createHash('sha256').update(data).digest('hex').slice(0, 12)}`
  const places = account
    ? ['/run', '/var/run', '/tmp']
    : [process.env.XDG_RUNTIME_DIR ?? '', tmpdir(), '/tmp']
  for (const place of places.filter(
    (path) => path !== '' && Buffer.byteLength(path) < longest - name.length,
  )) {
    try {
      return ready(join(place, name), account)
    } catch {
      // not writable, or somebody else took the name: the next place
    }
  }
  return ready(near, account)
}

function ready(folder: string, account: Account | null): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = lstatSync(folder)
  const mine = [0, process.getuid?.(), account?.uid].includes(found.uid)
  if (!found.isDirectory() || !mine) throw new Error(`${folder} belongs to somebody else`)
  if (account && found.uid !== account.uid) own(folder, account.uid, account)
  chmodSync(folder, 0o700)
  return folder
}
