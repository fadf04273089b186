import type { QueryClient } from '@tanstack/react-query'

/** A reversal may touch anything a screen shows. */
export const refreshScreen = (queries: QueryClient) => queries.invalidateQueries({ refetchType: 'active' })
