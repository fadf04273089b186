import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'

/** The last line of a list on the card: adds one more. */
export const AddLine = ({ label, onClick }: { label: string; onClick: () => void }) => (
  <Button
    variant="subtle"
    size="compact-sm"
    fw={400}
    className="no-print"
    leftSection={<IconPlus size={14} />}
    onClick={onClick}
  >
    {label}
  </Button>
)
