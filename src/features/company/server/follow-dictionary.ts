import { send, type Tx } from '#server/db/tx.ts'
import { enqueue, jobKind } from '#server/jobs/queue.ts'

/** What of a dictionary changed, for the contacts, clients and persons that carry it. */
export type DictionaryChange =
  | { what: 'label'; kind: string; from: string[]; to: string }
  | { what: 'source' | 'stage' | 'region' | 'category' | 'person-role' | 'outcome'; from: string; to: string }
  | { what: 'custom-field'; key: string }

/** Rows changed with the dictionary itself: a second or two of work. The rest follows as a job, so that nobody waits for its locks. */
const atOnce = 5_000

/** Clients follow a change of a dictionary: small ones in this transaction, the rest of a large one by a job in the same change-set. */
export async function followDictionary(tx: Tx, change: DictionaryChange) {
  const { changed, changeSet } = await step(tx, change, null)
  if (changed >= atOnce) await enqueue(tx, 'dictionary.follow', { change, changeSet })
}

export const dictionaryFollowing = jobKind(
  'dictionary.follow',
  async ({ change, changeSet }: { change: DictionaryChange; changeSet: string }, job) => {
    for (let done = 0; ;) {
      const { changed } = await job.asUser((tx) => step(tx, change, changeSet))
      done += changed
      await job.progress(done)
      if (changed === 0) return { changed: done }
    }
  },
)

async function step(tx: Tx, change: DictionaryChange, changeSet: string | null) {
  const [made] = await send(tx, {
    text: 'select changed, change_set as "changeSet" from follow_dictionary($1, $2, $3)',
    values: [JSON.stringify(change), atOnce, changeSet],
    opensChangeSet: true,
  })
  return made!.rows[0] as { changed: number; changeSet: string }
}
