import { useNavigate, useRouterState } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { z } from 'zod'

/**
 * The state of a screen in its address: `const [view, setView] = useUrlState(ClientsView)`.
 * Give every field a default (`.catch(…)`), an unreadable address must still open the screen.
 * `setView` takes the changed fields only; undefined removes a field.
 */
export function useUrlState<S extends z.ZodObject>(schema: S) {
  const search = useRouterState({ select: (state) => state.location.search as Record<string, unknown> })
  const navigate = useNavigate()
  const state = useMemo(() => schema.parse(search) as z.output<S>, [schema, search])
  const setState = useCallback(
    (changed: Partial<z.input<S>>, { keep = false } = {}) =>
      void navigate({
        to: '.',
        search: (old: Record<string, unknown>) => ({ ...old, ...changed }),
        replace: !keep,
        resetScroll: false,
      } as never),
    [navigate],
  )
  return [state, setState] as const
}
