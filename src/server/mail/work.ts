import type { Logger } from 'pino'
import type { Database } from '#server/db/database.ts'
import type { OwnWork } from '#server/jobs/queue.ts'
import { type DailyLetter, type LetterContext, type LetterWriter, writeDailyLetters } from './daily.ts'
import { deliverLetters } from './deliver.ts'

/** The mail's own work on the queue: a delivery after every letter written, and once a minute what waits for its time. */
export function mailWork(
  context: LetterContext & { secret: Buffer; log: Logger },
  letters: readonly DailyLetter[],
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
        const daily: LetterWriter = (all) => writeDailyLetters(all, letters)
        for (const write of [daily, ...writers])
          await write(context).catch((error: Error) => log.warn(`letters: ${error.message}`))
        await deliver(payload, helpers)
      },
    },
  }
}

const hasAccount = async ({ owner }: Database) =>
  (await owner.query('select 1 from mail_account')).rows.length > 0
