import { useSyncExternalStore } from 'react'
import type { Activity } from '#features/activities/contract.ts'

/** A call about to be written down; `planned`: the plan it fulfils. */
export interface QuickCallRequest {
  clientId: string
  planned?: Activity
}

let asked: QuickCallRequest | null = null
const listeners = new Set<() => void>()

function set(next: QuickCallRequest | null) {
  asked = next
  for (const listener of listeners) listener()
}

/** Opens the form of a call from wherever one is: the frame of the product shows it. */
export const askQuickCall = (request: QuickCallRequest) => set(request)
export const closeQuickCall = () => set(null)

export const useQuickCall = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => asked,
  )
