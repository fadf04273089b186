import type { UndoState, UndoStep } from '#features/changes/contract.ts'
import { send, type Tx } from '#server/db/tx.ts'
import { Problem } from '#server/http/problem.ts'
import { findChangeSet } from './queries.ts'
import { reverseChangeSet } from './reverse-change-set.ts'

/** Not done by hand in the table or a card: taken back from the journal only. */
const notByHand = `array['export', 'import.apply', 'dictionary.update', 'demo.fill', 'handover.apply', 'substitution.set', 'client.distribute']`

const byHand = `s.author_id = caller_id() and s.counts <> '{}' and coalesce(s.reversed_act, s.act) <> all (${notByHand})`

const nextUndo = `select s.id from change_sets s where ${byHand} and s.reversed_by is null and s.depth % 2 = 0 order by s.id desc limit 1`

// A new act of one's own ends what could be brought back before it.
const nextRedo = `select s.id from change_sets s where ${byHand} and s.reversed_by is null and s.depth % 2 = 1
    and s.id > coalesce((select s.id from change_sets s where ${byHand} and s.depth = 0 order by s.id desc limit 1), '00000000-0000-0000-0000-000000000000')
  order by s.id desc limit 1`

/** What undo and redo do next for the caller: told from the journal, hence the same in every tab and after a reload. */
export async function findUndo(tx: Tx): Promise<UndoState> {
  const [undo, redo] = await send(tx, { text: nextUndo }, { text: nextRedo })
  return { undo: await stepOf(tx, undo!.rows[0]?.id), redo: await stepOf(tx, redo!.rows[0]?.id) }
}

async function stepOf(tx: Tx, id: string | undefined): Promise<UndoStep | null> {
  return id === undefined ? null : findChangeSet(tx, id)
}

/** Takes exactly this act back if it is the next one. @throws Problem 409 with `state` where it is not */
export async function step(tx: Tx, which: keyof UndoState, id: string) {
  await send(tx, { text: `select pg_advisory_xact_lock(5278425, hashtext(caller_id()::text))` })
  const state = await findUndo(tx)
  if (state[which]?.id !== id) throw notNext(state)
  const reversal = await reverseChangeSet(tx, id)
  return { ...reversal, ...(await findUndo(tx)) }
}

const notNext = (state: UndoState) =>
  new Problem(
    409,
    'not-next',
    {
      ru: 'Последним было уже другое действие: посмотрите, что отменится теперь.',
      en: 'Another act is the last one by now: look at what would be taken back.',
    },
    { state },
  )
