import type { Statement } from './as-caller.ts'
import { send, type Tx } from './tx.ts'

/** What a change-set was made by: `<noun>.<verb>`; the journal shows it through the catalogs (`act.<act>`). */
export type Act =
  | 'client.create'
  | 'client.update'
  | 'client.archive'
  | 'client.restore'
  | 'client.share'
  | 'client.bulk-edit'
  | 'cells.edit'
  | 'cells.paste'
  | 'cells.fill'
  | 'cells.clear'
  | 'client.restore-field'
  | 'contact.check'
  | 'activity.create'
  | 'activity.update'
  | 'activity.complete'
  | 'activity.reopen'
  | 'activity.move'
  | 'activity.cancel'
  | 'activity.delete'
  | 'activity.restore'
  | 'file.add'
  | 'file.delete'
  | 'file.restore'
  | 'import.apply'
  | 'import.reverse'
  | 'snapshot.restore'
  | 'sheet.close'
  | 'sheet.reopen'
  | 'request.create'
  | 'request.update'
  | 'request.close'
  | 'request.reopen'
  | 'dictionary.update'
  | 'handover.apply'
  | 'substitution.set'
  | 'client.distribute'
  | 'look.begin'
  | 'look.end'
  | 'contacts.open'
  | 'export'
  | 'change-set.reverse'
  | 'demo.fill'

/** The statement of `inChangeSet`, for acts that send everything in one round trip. */
export const changeSetStatement = (act: Act, details: Record<string, unknown> = {}): Statement => ({
  text: `with made as (insert into change_sets (author_id, act, details) values (caller_id(), $1, $2) returning id)
    select set_config('app.change_set', id::text, true) as id from made`,
  values: [act, details],
  opensChangeSet: true,
})

/**
 * Opens a change-set in this transaction: every later write of clients' data belongs to it.
 * @returns its id
 */
export async function inChangeSet(tx: Tx, act: Act, details: Record<string, unknown> = {}): Promise<string> {
  const [made] = await send(tx, changeSetStatement(act, details))
  return (made!.rows[0] as { id: string }).id
}
