import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './state.module.css'

interface EmptyStateProps {
  icon?: ReactNode
  title: string
  /** What to do next, in a sentence. */
  text?: ReactNode
  /** The button that does it. */
  children?: ReactNode
}

/** What a screen shows instead of nothing. */
export const EmptyState = ({ icon, title, text, children }: EmptyStateProps) => (
  <Stack className={classes.state!} align="center" gap="sm">
    {icon && <div className={classes.icon}>{icon}</div>}
    <Title order={2} ta="center">
      {title}
    </Title>
    {text && (
      <Text size="sm" c="dimmed" ta="center" maw={420}>
        {text}
      </Text>
    )}
    {children}
  </Stack>
)
