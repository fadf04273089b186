import { existsSync, statfsSync } from 'node:fs'
import { totalmem } from 'node:os'

const MB = 1024 * 1024

/**
 * Settings of the embedded server, written anew at every start: they follow the memory of the machine.
 * @param durable false only for tests: a crash may then lose the last writes
 */
export function serverSettings(socketFolder: string | null, port: number, durable = true): string {
  const memory = totalmem() / MB
  const lines: Record<string, string | number> = {
    // No port at all where there is a socket: nothing to guess, nothing to clash with.
    listen_addresses: socketFolder ? `''` : `'127.0.0.1'`,
    unix_socket_directories: socketFolder ? quote(socketFolder) : `''`,
    unix_socket_permissions: '0700',
    port,
    max_connections: 80,
    password_encryption: `'scram-sha-256'`,
    shared_buffers: `${between(128, memory / 4, 2048)}MB`,
    effective_cache_size: `${between(256, memory / 2, 65_536)}MB`,
    work_mem: `${between(8, memory / 400, 32)}MB`,
    maintenance_work_mem: `${between(64, memory / 16, 512)}MB`,
    jit: 'off',
    random_page_cost: 1.1,
    effective_io_concurrency: 64,
    max_parallel_workers_per_gather: 2,
    // Whole pages go to the log after every checkpoint. The binaries can pack them by pglz alone: two thirds of what a bulk edit of a
    // million clients cost. Checkpoints further apart write fewer of them.
    wal_compression: 'off',
    min_wal_size: '128MB',
    max_wal_size: `${between(1024, memory / 2, 4096)}MB`,
    checkpoint_timeout: '5min',
    checkpoint_completion_target: 0.9,
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    // A process killed outright leaves its statements running; they notice within seconds.
    client_connection_check_interval: process.platform === 'linux' ? `'5s'` : 0,
    idle_in_transaction_session_timeout: `'10min'`,
    timezone: `'UTC'`,
    log_timezone: `'UTC'`,
    datestyle: `'iso, ymd'`,
    lc_messages: `'C'`,
    default_text_search_config: `'pg_catalog.russian'`,
    logging_collector: 'off',
    log_destination: `'stderr'`,
    log_line_prefix: `'%m [%p] '`,
    log_checkpoints: 'off',
    log_statement: `'none'`,
    log_min_error_statement: 'panic',
    ...(sharedMemoryIsSmall() ? { dynamic_shared_memory_type: 'mmap' } : {}),
  }
  return `# Written by Kartoteka at every start.\n${Object.entries(lines)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('')}`
}

/** Who may connect: over the private socket the folder's rights decide, over TCP a password. */
export function accessRules(socket: boolean): string {
  const rule = socket ? 'local all all trust' : 'host all all 127.0.0.1/32 scram-sha-256'
  return `# Written by Kartoteka at every start.\n${rule}\n`
}

/** Containers often give 64 MB, less than one parallel statement may ask for. */
function sharedMemoryIsSmall(): boolean {
  if (process.platform !== 'linux' || !existsSync('/dev/shm')) return false
  const { blocks, bsize } = statfsSync('/dev/shm')
  return (blocks * bsize) / MB < 256
}

const between = (least: number, wanted: number, most: number) =>
  Math.round(Math.min(most, Math.max(least, wanted)))
const quote = (text: string) => `'${text.replaceAll("'", "''")}'`
