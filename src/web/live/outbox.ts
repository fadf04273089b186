import { useMemo, useSyncExternalStore } from 'react'
import { ApiProblem } from '#web/problem.ts'
import { isUp, onLine } from './live.ts'

/**
 * An edit that could not reach the server and waits, in the browser's storage, until it can. `version` inside `input` is the one its
 * author saw: sent late, or a second time because the answer was lost, it goes by the same rule as any other edit.
 */
export interface WaitingEdit {
  id: string
  kind: string
  input: unknown
  at: number
  /** The tab that will send it; another one takes it over when that one is gone. */
  tab: string
  until: number
}

const heldMs = 15_000
const renewMs = 5_000
const againMs = 3_000
const backgroundMs = 30_000
/** An answer that has not come this long after the line went down will not come. */
const hopelessMs = 6_000

const tab = crypto.getRandomValues(new Uint32Array(2)).join('-')
const watchers = new Set<() => void>()
const none: readonly WaitingEdit[] = []
let key = ''
let edits: readonly WaitingEdit[] = none
let tail: Promise<unknown> = Promise.resolve()
let resend: ((edit: WaitingEdit) => Promise<unknown>) | undefined

/** True where an edit has not reached the server, as far as anybody can tell. */
export const isAway = (error: unknown) =>
  error instanceof ApiProblem
    ? [0, 502, 503, 504].includes(error.status)
    : ['AbortError', 'TimeoutError'].includes((error as Error).name)

/**
 * Opens this person's edits that wait from earlier.
 * @param send sends an edit of a tab that is gone
 * @returns closes it
 */
export function openOutbox(person: string, send: (edit: WaitingEdit) => Promise<unknown>): () => void {
  key = `waiting.${person}`
  resend = send
  read()
  const fromOtherTabs = (event: StorageEvent) => event.key === key && read()
  const tick = setInterval(() => (renew(), void adopt()), renewMs)
  // A reloaded page goes on with them at once.
  const letGo = () =>
    change((all) => all.map((edit) => (edit.tab === tab ? { ...edit, until: Date.now() - 1 } : edit)))
  addEventListener('storage', fromOtherTabs)
  addEventListener('pagehide', letGo)
  void adopt()
  return () => {
    clearInterval(tick)
    removeEventListener('storage', fromOtherTabs)
    removeEventListener('pagehide', letGo)
    letGo()
    resend = undefined
    edits = none
    key = ''
  }
}

/**
 * Sends an edit; where the server cannot be reached it waits, behind those that wait already, and is sent when it can.
 * @param attempt may be called several times
 * @param onWaiting called once when it begins to wait
 */
export async function sendOrWait<Answer>(
  edit: Pick<WaitingEdit, 'kind' | 'input'>,
  attempt: (signal: AbortSignal) => Promise<Answer>,
  onWaiting: () => void = () => {},
): Promise<Answer> {
  if (edits.length === 0) {
    try {
      return await tried(attempt)
    } catch (error) {
      if (!isAway(error)) throw error
    }
  }
  const waiting: WaitingEdit = {
    ...edit,
    id: crypto.getRandomValues(new Uint32Array(2)).join('-'),
    at: Date.now(),
    tab,
    until: Date.now() + heldMs,
  }
  change((all) => [...all, waiting])
  onWaiting()
  return inTurn(waiting, () => tried(attempt))
}

function inTurn<Answer>(edit: WaitingEdit, attempt: () => Promise<Answer>): Promise<Answer> {
  const sent = tail.then(async () => {
    for (;;) {
      try {
        const answer = await attempt()
        forget(edit)
        return answer
      } catch (error) {
        // Signed out meanwhile: it stays, and goes out when this person is back.
        if (error instanceof ApiProblem && error.status === 401) throw error
        if (!isAway(error)) {
          forget(edit)
          throw error
        }
        await upOr(againMs)
      }
    }
  })
  tail = sent.catch(() => {})
  return sent
}

/** Takes over what tabs that are gone have left, the oldest first. */
async function adopt() {
  const left = edits.filter((edit) => edit.until < Date.now())
  if (left.length === 0 || !resend) return
  // Where the person is, since he may be asked; a tab in the background only if there is no other.
  if (document.hidden && left.some((edit) => edit.until > Date.now() - backgroundMs)) return
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 200))
  read()
  const ids = new Set(left.map(({ id }) => id))
  change((all) =>
    all.map((edit) =>
      ids.has(edit.id) && edit.until < Date.now() ? { ...edit, tab, until: Date.now() + heldMs } : edit,
    ),
  )
  await new Promise((resolve) => setTimeout(resolve, 150))
  read()
  for (const edit of edits.filter(({ id, tab: holder }) => ids.has(id) && holder === tab))
    void inTurn(edit, () => (resend ? resend(edit) : Promise.reject(unsent))).catch(() => {})
}

const unsent = new ApiProblem(0, null)

function renew() {
  if (edits.some((edit) => edit.tab === tab && edit.until < Date.now() + heldMs - renewMs))
    change((all) => all.map((edit) => (edit.tab === tab ? { ...edit, until: Date.now() + heldMs } : edit)))
}

const forget = ({ id }: WaitingEdit) => change((all) => all.filter((edit) => edit.id !== id))

function change(changed: (edits: readonly WaitingEdit[]) => readonly WaitingEdit[]) {
  if (key === '') return
  const next = changed(stored())
  try {
    if (next.length === 0) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(next))
  } catch {
    // No room: they wait in this tab alone.
  }
  edits = next.length === 0 ? none : next
  for (const watcher of watchers) watcher()
}

function stored(): readonly WaitingEdit[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '[]') as WaitingEdit[]
  } catch {
    return none
  }
}

function read() {
  const found = stored()
  edits = found.length === 0 ? none : found
  for (const watcher of watchers) watcher()
}

/** One try; given up where the line has been down for a while, since a connection that hangs tells nobody. */
async function tried<Answer>(attempt: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
  const giveUp = new AbortController()
  let downSince = 0
  const watch = setInterval(() => {
    downSince = isUp() === false ? downSince || Date.now() : 0
    if (downSince && Date.now() - downSince > hopelessMs) giveUp.abort()
  }, 1_000)
  try {
    return await attempt(giveUp.signal)
  } finally {
    clearInterval(watch)
  }
}

const upOr = (ms: number) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer)
      off()
      resolve()
    }
    const timer = setTimeout(done, ms)
    const off = onLine((up) => up && done())
  })

const watch = (watcher: () => void) => {
  watchers.add(watcher)
  return () => void watchers.delete(watcher)
}

/** Edits of this person that wait, in this tab or another. */
export const useWaiting = () => useSyncExternalStore(watch, () => edits)

/** What edits of one kind send that wait now. */
export const waitingOf = <Input>(kind: string): Input[] =>
  edits.filter((edit) => edit.kind === kind).map(({ input }) => input as Input)

/** The same, followed. */
export function useWaitingOf<Input>(kind: string): readonly Input[] {
  const all = useWaiting()
  return useMemo(
    () => all.filter((edit) => edit.kind === kind).map(({ input }) => input as Input),
    [all, kind],
  )
}
