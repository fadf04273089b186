import { useWindowEvent } from '@mantine/hooks'
import { useRef } from 'react'

/**
 * Escape anywhere inside an element, or nowhere, unless something inside took it: a form that is left, a list that closes. A drawer of the
 * library hears Escape before what stands in it, and would take what somebody types along.
 * @returns the ref of the element
 */
export function useEscape<Inside extends HTMLElement>(onEscape: () => void) {
  const inside = useRef<Inside>(null)
  useWindowEvent('keydown', (event) => {
    const { target } = event
    if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return
    if (!(target instanceof Element) || target.getAttribute('data-mantine-stop-propagation') === 'true')
      return
    if (target === document.body || inside.current?.contains(target)) onEscape()
  })
  return inside
}
