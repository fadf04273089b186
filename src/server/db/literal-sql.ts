import pg from 'pg'
// @ts-expect-error pg publishes no types for this file, and converts parameters nowhere else.
import pgUtils from 'pg/lib/utils.js'

/** A statement with its parameters written into it as literals: for a condition the database keeps and applies itself. */
export const withLiterals = (text: string, values: readonly unknown[]): string =>
  text.replace(/\$(\d+)/g, (_, number: string) => {
    const value = pgUtils.prepareValue(values[Number(number) - 1]) as string | number | null
    return value === null ? 'null' : pg.escapeLiteral(String(value))
  })
