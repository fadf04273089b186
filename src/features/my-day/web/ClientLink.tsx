import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** To the card of a client. */
export const ClientLink = ({ id, children }: { id: string; children: ReactNode }) => (
  <Anchor
    size="sm"
    renderRoot={(props) => <Link to={'/clients/$id' as never} params={{ id } as never} {...props} />}
  >
    {children}
  </Anchor>
)
