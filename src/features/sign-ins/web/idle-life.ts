/** What the server said of a session's life, and when. */
export interface Life {
  /** Null: it lives until signed out. */
  secondsLeft: number | null
  idleSeconds: number
  /** Milliseconds of the clock. */
  askedAt: number
}

/** So long before the end the screen warns: two minutes, of a short session less. */
export const warnsAt = ({ idleSeconds }: Life) => Math.min(120, idleSeconds / 4)

/** Seconds until the session ends, as far as the last answer tells: another window may have moved it on. */
export const leftOf = ({ secondsLeft, askedAt }: Life, now: number) =>
  secondsLeft === null ? Infinity : secondsLeft - (now - askedAt) / 1000

/**
 * What is to be done now.
 * @param touchedAt when the person last touched this window
 * @returns 'tell' the server that he is here, 'look' whether the session is still as short as it seems, or nothing
 */
export function nextAsk(life: Life | null, touchedAt: number, now: number): 'tell' | 'look' | null {
  if (!life) return 'look'
  const rest = Math.max(30, life.idleSeconds / 10) * 1000
  if (touchedAt > life.askedAt && now - life.askedAt > rest) return 'tell'
  if (leftOf(life, now) > warnsAt(life)) return null
  return touchedAt > life.askedAt ? 'tell' : 'look'
}

/** `1:05`, `0:09` */
export function clockOf(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
