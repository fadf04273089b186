import type { modals } from '@mantine/modals'
import { useSyncExternalStore } from 'react'

type Modals = typeof modals

let isWanted = false
const listeners = new Set<() => void>()
const mounted = Promise.withResolvers<Modals>()

/** Dialogs that code opens and not a screen. What draws them is downloaded and stands when this is answered. */
export function bringModals(): Promise<Modals> {
  isWanted = true
  for (const listener of listeners) listener()
  return mounted.promise
}

/** Whether a dialog was ever asked for. */
export const useModalsWanted = () => useSyncExternalStore(listen, () => isWanted)

/** Dialogs can be opened from now on. */
export const modalsStand = (modals: Modals) => mounted.resolve(modals)

function listen(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
