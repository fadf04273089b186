import type { Import, ImportStatus, RowOutcome } from '#features/imports/contract.ts'

export const statusColour: Record<ImportStatus, string> = {
  reading: 'gray',
  ready: 'blue',
  applying: 'gray',
  applied: 'teal',
  reversed: 'gray',
  refused: 'red',
  failed: 'red',
  cancelled: 'gray',
}

export const outcomeColour: Record<RowOutcome, string> = {
  create: 'var(--good)',
  update: 'var(--mantine-color-accent-6)',
  skip: 'var(--quiet)',
  doubtful: 'var(--warn)',
  error: 'var(--bad)',
}

/** Something is being done with it: the screen looks again soon. */
export const isMoving = ({ status }: Pick<Import, 'status'>) => status === 'reading' || status === 'applying'
