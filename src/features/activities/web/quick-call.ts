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

/** Where the keyboard was when the form was asked for: there it goes back. */
let before: Element | null = null

/** Opens the form of a call from wherever one is: the frame of the product shows it. */
export function askQuickCall(request: QuickCallRequest) {
  before = document.activeElement
  set(request)
}

export function closeQuickCall() {
  const back = before
  set(null)
  // Once the dialog has let go of the focus, unless somebody types elsewhere already.
  setTimeout(() => {
    if (document.activeElement?.matches('input, textarea')) return
    if (back instanceof HTMLElement && back.isConnected) back.focus({ preventScroll: true })
  }, 50)
}

export const useQuickCall = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => asked,
  )
