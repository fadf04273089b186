import { NewerSchemaError } from '#server/db/migrate.ts'
import { Refusal } from '#server/refusal.ts'
import { say, type Word } from './words.ts'

/** An expected failure of a command, told in one sentence. */
export class Failure extends Error {
  readonly reason: string
  constructor(reason: Word, values: Record<string, string | number> = {}) {
    super(say(reason, values))
    this.reason = reason
  }
}

/** The failure as a sentence (or `{ error: { reason, message } }`) on standard error; a stack only for what nobody expected. */
export function tell(error: unknown, json: boolean): void {
  const known = error instanceof Failure || error instanceof Refusal
  const reason = known ? error.reason : error instanceof NewerSchemaError ? 'folder-newer' : 'failed'
  const message = known
    ? error.message
    : say('failed', { reason: (error as Error)?.message ?? String(error) })
  if (json) process.stderr.write(`${JSON.stringify({ error: { reason, message } })}\n`)
  else process.stderr.write(`${message}\n`)
  if (!known && process.env.KARTOTEKA_DEBUG) process.stderr.write(`${(error as Error)?.stack}\n`)
}
