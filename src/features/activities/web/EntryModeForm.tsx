import type { Activity } from '#features/activities/contract.ts'
import { CancelForm } from './CancelForm.tsx'
import { DoneForm } from './DoneForm.tsx'
import { EntryForm } from './EntryForm.tsx'
import { MoveForm } from './MoveForm.tsx'

const forms = { edit: EntryForm, done: DoneForm, move: MoveForm, cancel: CancelForm }

export type FormMode = keyof typeof forms

/** What one does to an entry: edits it, ends it, puts it off, calls it off. */
export function EntryModeForm({
  mode,
  ...props
}: {
  mode: FormMode
  activity: Activity
  onClose: () => void
}) {
  const Form = forms[mode]
  return <Form {...props} />
}
