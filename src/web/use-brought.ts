import { type ComponentType, useRef, useState } from 'react'
import { notifyProblem } from './layout/notify.tsx'

/**
 * What stands in a popover that catches the focus: downloaded before it opens the first time, since the focus goes to what is there.
 * @param load brings the component
 * @returns the component once it is there, and what brings it and calls back; a failure is told to the person
 */
export function useBrought<Props>(
  load: () => Promise<ComponentType<Props>>,
): [ComponentType<Props> | undefined, (then: () => void) => void] {
  const [Brought, setBrought] = useState<ComponentType<Props>>()
  const loading = useRef<Promise<void>>(undefined)
  const bring = (then: () => void) => {
    if (Brought) return then()
    loading.current ??= load().then((component) => setBrought(() => component))
    loading.current.then(then, (error: unknown) => {
      loading.current = undefined
      notifyProblem(error)
    })
  }
  return [Brought, bring]
}
