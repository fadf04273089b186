/** A screen nobody has touched for so long asks by itself and not for a person. */
const restMs = 60_000

let last = Date.now()
const noted = () => void (last = Date.now())

/** Begins to note it; once, where the screens begin. */
export function watchTouches() {
  for (const act of ['pointerdown', 'keydown', 'wheel', 'touchstart'])
    window.addEventListener(act, noted, { capture: true, passive: true })
}

/** When somebody last touched this window (milliseconds of the clock). */
export const lastTouch = () => last

export const isUntouched = () => Date.now() - last > restMs
