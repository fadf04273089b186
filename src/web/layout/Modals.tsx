import { lazy, Suspense } from 'react'
import { useModalsWanted } from './modals.ts'

const ModalStack = lazy(async () => ({ default: (await import('./ModalStack.tsx')).ModalStack }))

/** Where dialogs that code opens appear; what draws them is downloaded with the first one. */
export function Modals() {
  const wanted = useModalsWanted()
  return <Suspense fallback={null}>{wanted && <ModalStack />}</Suspense>
}
