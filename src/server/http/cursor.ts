import { invalid } from './problem.ts'

/** A place in a keyset-paged list as opaque text: the sort key (and what else the list needs) of the last row shown. */
export const encodeCursor = (at: unknown): string => Buffer.from(JSON.stringify(at)).toString('base64url')

/**
 * What `encodeCursor` was given, or undefined without a cursor.
 * @throws Problem 422 where `fits` does not know it: cursors come from people's addresses
 */
export function decodeCursor<At>(
  cursor: string | undefined,
  fits: (at: unknown) => at is At,
): At | undefined {
  if (cursor === undefined) return undefined
  const at = parsed(cursor)
  if (fits(at)) return at
  throw invalid('cursor', {
    ru: 'Закладка страницы испорчена: начните список сначала.',
    en: 'The page cursor is damaged: start the list again.',
  })
}

/** The usual cursor: the sort key as text, and the id that breaks ties. */
export const isKeyAndId = (at: unknown): at is [key: string, id: string] =>
  Array.isArray(at) && typeof at[0] === 'string' && /^[0-9a-f-]{36}$/.test(String(at[1]))

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}
