import pg from 'pg'
// @ts-expect-error pg publishes no types for this file, and converts parameters nowhere else.
import pgUtils from 'pg/lib/utils.js'

export interface Statement {
  text: string
  values?: readonly unknown[]
  /** Opens a change-set: once this is committed, live streams have something to tell. */
  opensChangeSet?: true
  /** Only how many rows it found is asked for: they are neither described nor read. */
  quiet?: true
}

/** The wire of a pg client, as far as it is spoken to here. */
interface Wire {
  parsedStatements: Record<string, string>
  stream: { cork(): void; uncork(): void }
  on(event: 'parseComplete', listener: () => void): Wire
  off(event: 'parseComplete', listener: () => void): void
  parse(statement: { name: string; text: string }): void
  bind(portal: { statement: string; values: unknown[] }): void
  describe(portal: { type: 'P' }): void
  execute(portal: object): void
  sync(): void
}

const preparedLimit = 1_000
const numbers = new Map<string, number>()

/**
 * Statement names are per role hint: a plan made below one role's policies is thrown away by another's,
 * so sharing a name would plan every statement anew. Past the limit statements go unnamed (planned each time).
 */
function nameOf(text: string, roleHint: string): string {
  const key = roleHint + text
  let number = numbers.get(key)
  if (number === undefined) {
    if (numbers.size >= preparedLimit) return ''
    number = numbers.size
    numbers.set(key, number)
  }
  return `k${number}`
}

/**
 * Several statements before one Sync: one round trip, and without BEGIN one implicit transaction, so that a transaction-local
 * identity set by the first cannot outlive it, also on error. Results arrive in order; on error those before it are filled.
 */
class Batch {
  readonly results: pg.Result[]
  private readonly steps: { name: string; text: string; values: unknown[]; quiet: boolean }[]
  private at = 0
  private wire: Wire | undefined
  private onParse = () => {}
  callback: (error: Error | null) => void

  constructor(statements: readonly Statement[], roleHint: string, callback: (error: Error | null) => void) {
    this.callback = callback
    this.steps = statements.map((statement) => ({
      name: nameOf(statement.text, roleHint),
      text: statement.text,
      values: (statement.values ?? []).map((value) => pgUtils.prepareValue(value)),
      quiet: statement.quiet === true,
    }))
    this.results = statements.map(() => new (pg as unknown as { Result: new () => pg.Result }).Result())
  }

  submit(wire: Wire) {
    const parsing: { name: string; text: string }[] = []
    // Noted at ParseComplete: a statement parsed in a transaction that then fails stays prepared.
    this.onParse = () => {
      const step = parsing.shift()
      if (step?.name) wire.parsedStatements[step.name] = step.text
    }
    this.wire = wire.on('parseComplete', this.onParse)
    wire.stream.cork()
    for (const step of this.steps) {
      // The same text twice in one batch is parsed once.
      const known =
        step.name && (wire.parsedStatements[step.name] || parsing.some(({ name }) => name === step.name))
      if (!known) {
        parsing.push(step)
        wire.parse(step)
      }
      wire.bind({ statement: step.name, values: step.values })
      if (!step.quiet) wire.describe({ type: 'P' })
      wire.execute({})
    }
    wire.sync()
    wire.stream.uncork()
  }

  handleRowDescription(message: { fields: pg.FieldDef[] }) {
    this.current().addFields(message.fields)
  }
  handleDataRow(message: { fields: unknown[] }) {
    if (this.steps[this.at]!.quiet) return
    const result = this.current()
    result.addRow(result.parseRow(message.fields))
  }
  handleCommandComplete(message: object) {
    this.current().addCommandComplete(message)
    this.at++
  }
  handleEmptyQuery() {
    this.at++
  }
  handleError(error: Error) {
    this.end(error)
  }
  handleReadyForQuery() {
    this.end(null)
  }
  private current() {
    return this.results[this.at] as pg.Result & {
      addFields(fields: pg.FieldDef[]): void
      addRow(row: unknown): void
      parseRow(fields: unknown[]): unknown
      addCommandComplete(message: object): void
    }
  }
  private end(error: Error | null) {
    this.wire?.off('parseComplete', this.onParse)
    this.callback(error)
  }
}

/**
 * Sends statements in one round trip.
 * @throws the database's error, with `results` of the statements before the failing one attached
 */
export function sendBatch(
  client: pg.ClientBase,
  statements: readonly Statement[],
  roleHint = '',
): Promise<pg.Result[]> {
  return new Promise((resolve, reject) => {
    const batch = new Batch(statements, roleHint, (error) => {
      if (error) reject(Object.assign(error, { results: batch.results }))
      else resolve(batch.results)
    })
    client.query(batch as unknown as pg.Submittable)
  })
}
