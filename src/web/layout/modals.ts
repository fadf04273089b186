import type { modals } from '@mantine/modals'
import { useSyncExternalStore } from 'react'

type Modals = typeof modals

let isWanted = false
const listeners = new Set<() => void>()
let stand: (modals: Modals) => void
const standing = new Promise<Modals>((resolve) => (stand = resolve))

/** Dialogs that code opens and not a screen. What draws them is downloaded and stands when this is answered. */
export function bringModals(): Promise<Modals> {
  isWanted = true
  for (const listener of listeners) listener()
  return standing
}

/** Whether a dialog was ever asked for. */
export const useModalsWanted = () => useSyncExternalStore(listen, () => isWanted)

/** Dialogs can be opened from now on. */
export const modalsStand = (modals: Modals) => stand(modals)

function listen(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
