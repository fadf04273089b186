import { asCaller, type Tx } from '#server/db/tx.ts'
import type { Block } from './compose.ts'
import type { LetterContext, Reader } from './daily.ts'
import { post } from './outbox.ts'

/** Who gets a letter as something happens, and of what. */
export interface Occasion extends Reader {
  /** What the letter is about: the same is never written twice. */
  key: string
  /** A moment. */
  expiresAt: string
}

export interface OccasionalLetter<O extends Occasion = Occasion> {
  /** SQL of the occasions of the moment `$1`, under the names of `O`; those written of already are left out. */
  due: string
  /** Reads as the person himself. `url`: where links lead; null: letters go without links. */
  compose(tx: Tx, occasion: O, url: string | null): Promise<{ subject: string; blocks: readonly Block[] }>
}

/** Writes the letters whose occasion has come, each once, by whichever process. */
export async function writeOccasionalLetters<O extends Occasion>(
  { database, now, ownClock, publicUrl }: LetterContext,
  { due, compose }: OccasionalLetter<O>,
): Promise<void> {
  const { rows } = await database.owner.query<O>(
    `select due.* from (${due}) due where not exists (select 1 from letters l where l.key = due.key)`,
    [now()],
  )
  for (const occasion of rows) {
    const letter = await asCaller(
      database.app,
      { userId: occasion.id },
      (tx) => compose(tx, occasion, publicUrl),
      { mode: 'read', roleHint: occasion.role, ...(ownClock && { now: now() }) },
    )
    const { key, id, name, email } = occasion
    const to = { key, userId: id, address: email, name, expiresAt: new Date(occasion.expiresAt) }
    await post(database.owner, { ...to, ...letter }, now())
  }
}
