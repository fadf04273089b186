import { Skeleton, Stack } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorState } from './ErrorState.tsx'

interface LoadedProps<T> {
  of: UseQueryResult<T, unknown>
  /** Rows of skeleton to show meanwhile, or what to show instead of them. */
  meanwhile?: number | ReactNode
  children: (answer: T) => ReactNode
}

/** The three faces of a query in one place: `<Loaded of={people}>{(people) => …}</Loaded>`. */
export function Loaded<T>({ of, meanwhile = 6, children }: LoadedProps<T>) {
  if (of.data !== undefined) return <>{children(of.data)}</>
  if (of.isError) return <ErrorState error={of.error} onRetry={() => void of.refetch()} />
  return typeof meanwhile === 'number' ? <Rows count={meanwhile} /> : <>{meanwhile}</>
}

const Rows = ({ count }: { count: number }) => (
  <Stack gap="sm" aria-busy="true">
    {Array.from({ length: count }, (_, row) => (
      <Skeleton key={row} height={28} />
    ))}
  </Stack>
)
