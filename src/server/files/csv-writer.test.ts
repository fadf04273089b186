import { expect, test } from 'vitest'
import { csvRows } from './csv-writer.ts'

const mark = { id: '', by: '', at: '', line: 'кто' }

async function cell(text: string) {
  const rows = (async function* () {
    yield [text, null]
  })()
  let written = ''
  for await (const line of csvRows(['a', 'b'], rows, mark)) written = line
  return written.slice(0, -4)
}

test.each(['=1+1', '@SUM(A1)', "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", '+1+HYPERLINK(A1)', '\t=1'])(
  'a spreadsheet does not take %s for a formula',
  async (text) => expect((await cell(text)).replace(/^"/, '')).toMatch(/^'/),
)

test.each([
  '+7 (495) 700-11-22',
  '+7 (495) 700-11-22 доб. 12',
  '+7 495 700-11-22, +7 916 700-11-22 доб. 5',
  '-5.5',
  '-',
  'ООО «Плюс+»',
])('%s stays as it is', async (text) => expect(await cell(text)).toBe(text))
