import { Anchor, Paper, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import classes from './my-day.module.css'

interface PanelProps {
  title: string
  /** Where the whole of it is. */
  more?: { to: string; search?: object; label: string }
  /** As wide as the panels together. */
  wide?: boolean
  children: ReactNode
}

/** One box of the first screen. */
export const Panel = ({ title, more, wide = false, children }: PanelProps) => (
  <Paper component="section" p="md" aria-label={title} className={wide ? classes.wide! : ''}>
    <div className={classes.panelHead}>
      <Title order={2}>{title}</Title>
      {more && (
        <Anchor
          size="sm"
          renderRoot={(props) => (
            <Link to={more.to as never} search={(more.search ?? {}) as never} {...props} />
          )}
        >
          {more.label}
        </Anchor>
      )}
    </div>
    {children}
  </Paper>
)
