import type { SnapshotFilter } from '#features/snapshots/contract.ts'
import { MomentForm } from './MomentForm.tsx'
import { useSnapshotMaking } from './use-snapshots.ts'

/** The moment, and what a snapshot of it shows. */
export function SnapshotMaking({ filter, onMade }: { filter: SnapshotFilter; onMade: () => void }) {
  const make = useSnapshotMaking()
  return (
    <MomentForm
      onChoose={(at) => {
        onMade()
        void make(at, filter)
      }}
    />
  )
}
