import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** Runs `act` while no other process of this checkout does; a lock left by a killed process is taken over. */
export async function withLock(folder, name, onWait, act) {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, name)
  let told = false
  while (!take(file)) {
    if (isStale(file)) {
      rmSync(file, { force: true })
      continue
    }
    if (!told) onWait()
    told = true
    await pause(300)
  }
  try {
    return await act()
  } finally {
    rmSync(file, { force: true })
  }
}

function take(file) {
  try {
    const handle = openSync(file, 'wx')
    writeSync(handle, String(process.pid))
    closeSync(handle)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function isStale(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    // an empty file is a lock being written just now
    if (!pid) return false
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH' || error.code === 'ENOENT'
  }
}
