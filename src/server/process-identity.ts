import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A process by more than its number: numbers come round again after a restart or a crash. */
export interface ProcessIdentity {
  pid: number
  /** When it began, in milliseconds since 1970, as far as this system tells; seconds are exact. */
  startedAt: number
  /** Linux: the boot and the tick it began at, which no later process can share. */
  mark: string | null
}

export const ownIdentity = (): ProcessIdentity => ({
  pid: process.pid,
  startedAt: Math.round(Date.now() - process.uptime() * 1000),
  mark: linuxMark(process.pid),
})

/** Whether that very process still runs, not another one that was given its number. */
export function isAlive({ pid, startedAt, mark }: ProcessIdentity): boolean {
  if (!exists(pid)) return false
  if (mark !== null) return linuxMark(pid) === mark
  const began = startOf(pid)
  return began === null || Math.abs(began - startedAt) < 5000
}

/** Whether any process has this number now. */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return !isZombie(pid)
}

/** A killed process whose parent has not yet asked how it ended still has its number, but nothing else. */
function isZombie(pid: number): boolean {
  return /^State:\s+[ZX]/m.test(readOrEmpty(`/proc/${pid}/status`))
}

function linuxMark(pid: number): string | null {
  // the fields after the name in brackets, which may itself hold spaces and brackets; the 22nd of all is the start tick
  const stat = readOrEmpty(`/proc/${pid}/stat`)
  const tick = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  const boot = readOrEmpty('/proc/sys/kernel/random/boot_id').trim()
  return tick && boot ? `${boot}:${tick}` : null
}

function startOf(pid: number): number | null {
  try {
    const [program, ...args] =
      process.platform === 'win32'
        ? [
            'powershell.exe',
            '-NoProfile',
            '-Command',
            `(Get-Process -Id ${pid}).StartTime.ToUniversalTime().ToString('o')`,
          ]
        : ['ps', '-o', 'lstart=', '-p', String(pid)]
    const said = execFileSync(program!, args, {
      encoding: 'utf8',
      timeout: 5000,
      env: { ...process.env, LC_ALL: 'C' },
    })
    return Date.parse(said.trim()) || null
  } catch {
    return null
  }
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
