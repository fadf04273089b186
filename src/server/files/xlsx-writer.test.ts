import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import * as XLSX from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { xlsxStream, type Cell, type XlsxColumn } from './xlsx-writer.ts'

const mark = {
  id: '0192f000-0000-7000-8000-000000000001',
  by: 'Пётр & <Ко>',
  at: '2026-11-25T16:30:00Z',
  line: 'Выгрузка: Пётр & <Ко>, 25.11.2026, 19:30, № 0192f000-0000-7000-8000-000000000001',
}

async function* of(rows: Cell[][]) {
  yield* rows
}

async function written(columns: XlsxColumn[], rows: Cell[][], sheet = 'Клиенты') {
  const book = XLSX.read(await buffer(xlsxStream({ sheet, columns, mark }, of(rows))), { cellStyles: true })
  return { book, sheet: book.Sheets[book.SheetNames[0]!]! }
}

async function* failing(): AsyncGenerator<Cell[]> {
  yield ['1']
  throw new Error('away')
}

describe('a workbook written as a stream', () => {
  test('is read back by another program cell by cell', async () => {
    const { sheet, book } = await written(
      [{ title: 'Название' }, { title: 'Сумма', type: 'number' }, { title: 'День', type: 'date' }],
      [
        ['ООО «Ромашка» & <Ко>', 12.5, '2026-03-09'],
        [null, null, null],
        ['', 0, '2026-03-09T10:00:00+03:00'],
      ],
    )
    expect(book.SheetNames).toEqual(['Клиенты'])
    const rows = XLSX.utils.sheet_to_json(sheet, { header: 1, raw: true, defval: null })
    expect(JSON.parse(JSON.stringify(rows))).toEqual([
      ['Название', 'Сумма', 'День', mark.line],
      ['ООО «Ромашка» & <Ко>', 12.5, '2026-03-09T00:00:00.000Z', null],
      [null, null, null, null],
      [null, 0, '2026-03-09T00:00:00.000Z', null],
    ])
  })

  test('keeps what looks like a formula as text', async () => {
    const { sheet } = await written([{ title: 'x' }], [['=1+1'], ['+79160000000'], ['@cmd'], ['-2']])
    for (const place of ['A2', 'A3', 'A4', 'A5']) expect(sheet[place]).toMatchObject({ t: 's' })
    expect(sheet['A2'].f).toBeUndefined()
    expect(sheet['A3'].v).toBe('+79160000000')
  })

  test('drops what XML forbids, keeps line breaks, spaces and letters beyond the plane', async () => {
    const { sheet } = await written(
      [{ title: 'x' }],
      [['a\u0000b\u000Bc'], [' две\nстроки '], ['😀'], ['\uD800x'], ['_x0041_']],
    )
    expect(['A2', 'A3', 'A4', 'A5', 'A6'].map((place) => sheet[place].v)).toEqual([
      'abc',
      ' две\nстроки ',
      '😀',
      'x',
      '_x0041_',
    ])
  })

  test('writes a word in a column of numbers or days as text', async () => {
    const { sheet } = await written(
      [
        { title: 'n', type: 'number' },
        { title: 'd', type: 'date' },
      ],
      [['нет', 'вчера']],
    )
    expect([sheet['A2'].t, sheet['B2'].t]).toEqual(['s', 's'])
  })

  test('makes a name Excel forbids for a sheet a name it allows', async () => {
    const { book } = await written([{ title: 'x' }], [], "'Отчет [а/б]: очень длинное название листа'")
    expect(book.SheetNames[0]).toBe('Отчет  а б   очень длинное назв')
  })

  test('passes a failure of its rows on', async () => {
    await expect(
      buffer(xlsxStream({ sheet: 's', columns: [{ title: 'x' }], mark }, failing())),
    ).rejects.toThrow('away')
  })

  test('stops reading rows when the download is broken off', async () => {
    let closed = false
    async function* endless(): AsyncGenerator<Cell[]> {
      try {
        for (;;) {
          yield ['x'.repeat(1000)]
          await wait(0)
        }
      } finally {
        closed = true
      }
    }
    const stream = xlsxStream({ sheet: 's', columns: [{ title: 'x' }], mark }, endless())
    await new Promise((resolve) => stream.once('data', resolve))
    stream.destroy()
    await expect.poll(() => closed).toBe(true)
  })
})
