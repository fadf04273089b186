import { Alert, Button, Group, Stack } from '@mantine/core'
import type { ReactNode } from 'react'

interface FormFootProps {
  submit: string
  pending: boolean
  failure: string | null
  /** Buttons beside the main one. */
  children?: ReactNode
  fullWidth?: boolean
}

/** The foot of a form: what went wrong with the whole of it, and the button that sends it. */
export const FormFoot = ({ submit, pending, failure, children, fullWidth = false }: FormFootProps) => (
  <Stack gap="sm">
    {failure && (
      <Alert color="red" variant="light" role="alert" p="sm">
        {failure}
      </Alert>
    )}
    <Group gap="sm">
      <Button type="submit" loading={pending} fullWidth={fullWidth}>
        {submit}
      </Button>
      {children}
    </Group>
  </Stack>
)
