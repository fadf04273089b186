import type { Logger } from 'pino'
import type { Database } from '#server/db/database.ts'
import type { OwnWork } from '#server/jobs/queue.ts'
import { deliverLetters } from './deliver.ts'

/** What who writes letters by the clock works with. */
export interface LetterContext {
  database: Database
  now: () => Date
  /** Whether that clock is not the computer's: statements then go by it too. */
  ownClock: boolean
  /** Where links in letters lead; null: the installation has named no address, letters go without links. */
  publicUrl: string | null
}

/** Looks every minute whether the hour of a letter has come, and posts it. The same letter is never written twice. */
export type LetterWriter = (context: LetterContext) => Promise<void>

/** The mail's own work on the queue: a delivery after every letter written, and once a minute what waits for its time. */
export function mailWork(
  context: LetterContext & { secret: Buffer; log: Logger },
  writers: readonly LetterWriter[],
): OwnWork {
  const { database, secret, now, log } = context
  const deliver = async (_: unknown, { abortSignal }: { abortSignal?: AbortSignal | undefined }) => {
    await deliverLetters(database.owner, secret, now, abortSignal)
  }
  return {
    everyMinute: 'mail_minute',
    tasks: {
      mail_deliver: deliver,
      mail_minute: async (payload, helpers) => {
        if (!(await hasAccount(database))) return
        for (const write of writers)
          await write(context).catch((error: Error) => log.warn(`letters: ${error.message}`))
        await deliver(payload, helpers)
      },
    },
  }
}

const hasAccount = async ({ owner }: Database) =>
  (await owner.query('select 1 from mail_account')).rows.length > 0
