import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root } from './install.mjs'

const cache = join(root, '.cache', 'slapd')

/**
 * A directory server (OpenLDAP) for the tests of signing in by one; fetched from the system's own packages where we are root on Debian.
 * Undefined: none.
 */
export function findDirectoryServer() {
  return look() ?? (fetchServer() ? look() : undefined)
}

function look() {
  const given = process.env.KARTOTEKA_SLAPD
  if (given) return given
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', join(cache, 'usr', 'sbin')]
  return folders.map((folder) => join(folder, 'slapd')).find((path) => existsSync(path))
}

/** Unpacked beside us, not installed: a developer's computer must not begin to serve a directory. */
function fetchServer() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return false
  process.stderr.write('Fetching OpenLDAP for the tests of signing in by a directory…\n')
  const archives = join(cache, 'archives')
  mkdirSync(join(archives, 'partial'), { recursive: true })
  const run = (command, ...args) =>
    spawnSync(command, args, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 2],
      timeout: 300_000,
    }).status === 0
  const apt = (...args) =>
    run('apt-get', '-qq', '-o', 'Dpkg::Use-Pty=0', '-o', `Dir::Cache::archives=${archives}`, ...args)
  const fetched = () => apt('install', '-y', '--no-install-recommends', '--download-only', 'slapd')
  if (!fetched() && !(apt('update') && fetched())) return false
  return readdirSync(archives)
    .filter((name) => name.endsWith('.deb'))
    .every((name) => run('dpkg', '-x', join(archives, name), cache))
}
