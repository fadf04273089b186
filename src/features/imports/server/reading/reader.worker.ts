import { parentPort, workerData } from 'node:worker_threads'
import { openTable } from './open-table.ts'
import { AHEAD, type FromReader, type ToReader } from './reader-messages.ts'
import { Refusal } from './refusal.ts'
import type { Table } from './table.ts'

// Runs in a worker thread of read-table.ts: opens one file and posts its rows, never more than AHEAD batches unasked.
const port = parentPort!
const post = (message: FromReader) => port.postMessage(message)

let current = 0
let credit = 0
let wake = () => {}

const opening = openTable((workerData as { path: string }).path)
opening.then(({ format, encoding, delimiter, sheets }) => {
  post({
    kind: 'opened',
    table: { format, sheets, ...(encoding && { encoding }), ...(delimiter && { delimiter }) },
  })
}, fail)

port.on('message', (message: ToReader) => {
  if (message.kind === 'leave') {
    current = 0
    wake()
    const closed = opening.then((table) => table.close()).catch(() => {})
    void closed.then(() => port.close())
  } else if (message.kind === 'rows') {
    current = message.run
    credit = AHEAD
    wake()
    opening.then((table) => send(table, message.sheet, message.run)).catch(fail)
  } else if (message.run === current) {
    if (message.kind === 'more') credit++
    else current = 0
    wake()
  }
})

async function send(table: Table, sheet: number, run: number) {
  for await (const rows of table.rows(sheet)) {
    while (credit === 0 && run === current) await new Promise<void>((resolve) => (wake = resolve))
    if (run !== current) return
    credit--
    post({ kind: 'batch', run, rows })
  }
  if (run === current) post({ kind: 'end', run })
}

function fail(error: unknown) {
  if (error instanceof Refusal) post({ kind: 'refused', code: error.code, detail: error.detail })
  else
    post({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
}
