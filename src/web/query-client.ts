import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { notifyProblem } from './layout/notify.tsx'
import { ApiProblem } from './problem.ts'

/** The cache of answers; `onSignedOut` is called whenever the server no longer knows who is calling. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown, shown: boolean) => {
    if (error instanceof ApiProblem && error.status === 401) onSignedOut()
    else if (!shown) notifyProblem(error)
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error) => onError(error, true) }),
    mutationCache: new MutationCache({
      onError: (error, _input, _context, mutation) => onError(error, mutation.meta?.errors === 'form'),
    }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < 2 && isPassing(error),
      },
    },
  })
}

/** Worth another try: no answer, or the server's own trouble. */
const isPassing = (error: unknown) =>
  error instanceof ApiProblem && (error.status === 0 || error.status >= 502)
