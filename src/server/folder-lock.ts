import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isAlive, ownIdentity, type ProcessIdentity } from './process-identity.ts'
import { Refusal } from './refusal.ts'

export interface Holder extends ProcessIdentity {
  /** `start`, or the command that holds the folder for itself. */
  command: string
  /** The address people use, once it is served. */
  url: string | null
  /** The holder is on its way out: a second start waits for it instead of refusing. */
  leaving: boolean
}

export interface FolderLock {
  announce(url: string): void
  leave(): void
  release(): void
}

const fileOf = (data: string) => join(data, 'running.json')

/** Who works with the folder now; null when nobody does, also when the last one was killed. */
export function holderOf(data: string): Holder | null {
  const holder = readHolder(fileOf(data))
  return holder && isAlive(holder) ? holder : null
}

/**
 * Takes the data folder for this process; the lock of a killed process is taken over.
 * @param patience milliseconds to wait for one that is leaving, or for another command
 * @throws Refusal naming the process that holds it
 */
export async function takeFolder(data: string, command: string, patience = 15_000): Promise<FolderLock> {
  const mine: Holder = { ...ownIdentity(), command, url: null, leaving: false }
  const started = Date.now()
  for (;;) {
    if (take(data, mine)) return lockOf(data, mine)
    const holder = holderOf(data)
    if (!holder) continue
    // A launcher that was killed takes its server down with it: give that half a second to begin.
    const waiting = holder.leaving || holder.command !== 'start' ? patience : 800
    if (Date.now() - started > waiting) throw refusalOf(data, holder)
    await pause(50)
  }
}

function lockOf(data: string, mine: Holder): FolderLock {
  const change = (part: Partial<Holder>) => replace(fileOf(data), Object.assign(mine, part))
  return {
    announce: (url) => change({ url }),
    leave: () => change({ leaving: true }),
    release: () => rmSync(fileOf(data), { force: true }),
  }
}

function take(data: string, mine: Holder): boolean {
  const file = fileOf(data)
  const found = readHolder(file)
  if (found && isAlive(found)) return false
  // a file without a holder was torn by a power cut: locks of ours appear whole
  if (existsSync(file)) setAside(file, found?.pid ?? 0)
  return put(file, mine)
}

/** The file appears with its content in one step, or not at all where another one is already. */
function put(file: string, mine: Holder): boolean {
  const draft = `${file}.${mine.pid}`
  try {
    writeFileSync(draft, JSON.stringify(mine))
    linkSync(draft, file)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    if (code === 'ENOSPC') throw new Refusal('disk-full', { folder: file })
    if (code === 'EACCES' || code === 'EROFS') throw new Refusal('folder-not-written', { folder: file, code })
    // a disk without hard links
    writeFileSync(file, JSON.stringify(mine), { flag: 'wx' })
    return true
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Of two starts that find the same dead lock only one moves it away; a live one moved by mistake goes back. */
function setAside(file: string, deadPid: number): void {
  const aside = `${file}.dead.${process.pid}`
  try {
    renameSync(file, aside)
    const moved = readHolder(aside)
    if (moved && moved.pid !== deadPid && isAlive(moved)) linkSync(aside, file)
  } catch {
    // another start was quicker
  } finally {
    rmSync(aside, { force: true })
  }
}

function replace(file: string, holder: Holder): void {
  try {
    const draft = `${file}.${holder.pid}`
    writeFileSync(draft, JSON.stringify(holder))
    renameSync(draft, file)
  } catch {
    // a full disk: the lock stands as it was, only less telling
  }
}

function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return null
  }
}

function refusalOf(data: string, { pid, url, command }: Holder): Refusal {
  if (command !== 'start') return new Refusal('folder-in-use-by-command', { folder: data, pid, command })
  return new Refusal('folder-in-use', { folder: data, pid, address: url ? `, ${url}` : '' })
}
