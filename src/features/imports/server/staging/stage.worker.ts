import { parentPort, workerData } from 'node:worker_threads'
import { openTable } from '#features/imports/server/reading/open-table.ts'
import {
  completeMapping,
  proposeMapping,
  sampleSheets,
} from '#features/imports/server/reading/propose-mapping.ts'
import { Refusal } from '#features/imports/server/reading/refusal.ts'
import { describeColumns, describeTop } from './describe-columns.ts'
import { AHEAD, BATCH_LETTERS, type FromStager, type StageShare, type ToStager } from './stage-messages.ts'
import { RowStager } from './stage-row.ts'
import { STAGING_TABLES, type StagingTable } from './staging-tables.ts'

// Runs in a worker thread of stage-table.ts: reads a file, judges its rows and posts them as COPY text, a few batches ahead.
const port = parentPort!
const task = workerData as StageShare

let credit = AHEAD
let leaving = false
let wake = () => {}
port.on('message', ({ kind }: ToStager) => {
  if (kind === 'leave') leaving = true
  else credit++
  wake()
})

stage()
  .catch((error: unknown) => {
    if (error instanceof Refusal)
      port.postMessage({ kind: 'refused', code: error.code, detail: error.detail })
    else
      port.postMessage({
        kind: 'failed',
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
  })
  .finally(() => port.close())

async function stage() {
  const table = await openTable(task.path)
  const samples = await sampleSheets(table)
  const { mapping, problem } = task.mapping ? completeMapping(task.mapping, samples) : proposeMapping(samples)
  const { format, encoding = null, sheets } = table
  post({
    kind: 'opened',
    table: {
      format,
      encoding,
      sheets,
      mapping,
      columns: describeColumns(mapping, samples),
      top: describeTop(mapping, samples),
    },
  })
  // Told by the first alone, after what it has opened: the other shares end quietly.
  if (problem !== null) {
    if (task.share === 0) throw new Refusal(problem)
    return post({ kind: 'end', rows: 0, drafts: 0 })
  }
  const lines = new Lines()
  const stager = new RowStager(task.importId, mapping, task.context, (name, line) => lines.add(name, line))
  let rows = 0
  let place = 0
  for await (const batch of table.rows(mapping.sheet)) {
    if (leaving) break
    if (place++ % task.shares !== task.share) continue
    for (const { number, cells } of batch) if (stager.add(number, cells)) rows++
    if (lines.letters > BATCH_LETTERS) await send(lines, rows)
  }
  if (lines.letters > 0) await send(lines, rows)
  await table.close()
  post({ kind: 'end', rows, drafts: stager.drafts })
}

async function send(lines: Lines, rows: number) {
  while (credit === 0 && !leaving) await new Promise<void>((resolve) => (wake = resolve))
  if (leaving) return
  credit--
  const parts = lines.take()
  post(
    { kind: 'batch', rows, parts },
    Object.values(parts).map(({ buffer }) => buffer as ArrayBuffer),
  )
}

function post(message: FromStager, transfer: ArrayBuffer[] = []) {
  port.postMessage(message, transfer)
}

/** Lines gathered per table. */
class Lines {
  letters = 0
  private text = emptyText()

  add(table: StagingTable, line: string) {
    this.text[table].push(line)
    this.letters += line.length
  }

  take(): Partial<Record<StagingTable, Uint8Array>> {
    const encoder = new TextEncoder()
    const parts: Partial<Record<StagingTable, Uint8Array>> = {}
    for (const table of STAGING_TABLES) {
      const lines = this.text[table]
      if (lines.length > 0) parts[table] = encoder.encode(`${lines.join('\n')}\n`)
    }
    this.text = emptyText()
    this.letters = 0
    return parts
  }
}

function emptyText(): Record<StagingTable, string[]> {
  return { import_rows: [], import_people: [], import_contacts: [], import_accounts: [] }
}
