import { Table } from '@mantine/core'
import type { ReactNode } from 'react'

/** A table that on a narrow screen is wider than its place: it scrolls sideways by itself, by the keyboard too. */
export const WideTable = ({ minWidth, children }: { minWidth: number; children: ReactNode }) => (
  <Table.ScrollContainer minWidth={minWidth} type="native" tabIndex={0}>
    {children}
  </Table.ScrollContainer>
)
