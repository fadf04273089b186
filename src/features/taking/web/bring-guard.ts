import { setCopyGuard } from '#web/copy-guard.ts'

/** Brings what counts copies with the first key or click: nobody copies or prints before. @returns stops waiting for it */
export function bringGuard(): () => void {
  const signs = ['pointerdown', 'keydown'] as const
  const stop = () => {
    for (const sign of signs) window.removeEventListener(sign, bring)
  }
  const bring = () => {
    stop()
    void import('./copy-rows.ts').then(
      ({ rowGuard }) => {
        setCopyGuard(rowGuard)
        rowGuard.prepare()
      },
      // Offline for a moment: the next key tries again.
      () => listen(),
    )
  }
  const listen = () => {
    for (const sign of signs) window.addEventListener(sign, bring)
  }
  listen()
  return stop
}
