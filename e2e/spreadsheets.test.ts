import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeHtml } from '#web/grid/clipboard-html.ts'
import { readTsv, writeTsv } from '#web/grid/clipboard-tsv.ts'
import { readHtml } from '#web/grid/read-clipboard.ts'

// calc-html.txt and calc-plain.txt are the clipboard of LibreOffice Calc 7.4 after Ctrl+C, excel-html.txt and excel-plain.txt are as Excel writes them.
const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'clipboards', name), 'utf8')
const textsOf = (html: string) => readHtml(html)?.map((cells) => cells.map(({ text }) => text))

test('a range copied in LibreOffice Calc comes cell for cell', () => {
  const nbsp = '\u00a0'
  expect(textsOf(fixture('calc-html.txt'))).toEqual([
    ['ООО «Ромашка»', '8 (495) 700-11-22; 8 916 123-45-67', '0012', '31.12.2026', 'Тверь'],
    ['ООО "Лютик"; филиал', 'строка один\nстрока два', '00123', '31.12.2026', 'a b'],
    ['ИП Иванов & сыновья <опт>', '', '', 'с пробелом', '"в кавычках"'],
    ['', '79161234567', `1${nbsp}234,50`, '', 'конец'],
    ['объединено', '', 'после', '', '2469'],
  ])
  const cells = readHtml(fixture('calc-html.txt'))!
  expect(cells[0]!.slice(2, 4)).toEqual([
    { text: '0012', exact: '12' },
    { text: '31.12.2026', exact: '2026-12-31' },
  ])
  expect(cells[3]![2]!.exact).toBe('1234.5')
})

test('plain text of LibreOffice Calc comes cell for cell, its line breaks as spaces', () => {
  const rows = readTsv(fixture('calc-plain.txt'))
  expect(rows.map((cells) => cells.length)).toEqual([5, 5, 5, 5, 5])
  expect(rows[1]!.slice(0, 3)).toEqual(['ООО "Лютик"; филиал', 'строка один строка два', '00123'])
  expect(rows[2]![4]).toBe('"в кавычках"')
})

test('a range copied in Excel comes cell for cell, from its table and from its text', () => {
  const nbsp = '\u00a0'
  const rows = [
    ['ООО «Ромашка»', '0012', '31.12.2026'],
    ['ООО "Лютик"; филиал', 'строка один\nстрока два', `1${nbsp}234,50`],
    ['', '79161234567', 'info@example.ru'],
    ['объединено', '', 'a & b <c>'],
  ]
  expect(textsOf(fixture('excel-html.txt'))).toEqual(rows)
  const shown = rows.map((cells) =>
    cells.map((text) => text.replace(nbsp, ' ').replace('79161234567', '7,92E+10')),
  )
  expect(readTsv(fixture('excel-plain.txt'))).toEqual(shown)
})

/** What spoils easily: leading zeros, long numbers, what looks like a formula, a day or a fraction, quotes, line breaks. */
const cells = [
  ['ООО «Ромашка»', '0012', '79161234567', '12345678901234567890'],
  ['ООО "Лютик"; филиал', 'строка один\nстрока два', '31.12.2026', '+7 (495) 700-11-22'],
  ['', '=1+1', '"в кавычках"', 'a & b <c>'],
  ['1 234,50', '1/2', '', 'конец'],
]
const html = writeHtml(cells.map((row) => row.map((text) => ({ text }))))

test('what Calc made of a range pasted from here is that range', () => {
  // ours-html.txt was pasted into Calc 7.4 and saved by it as calc-pasted.txt.
  expect(html).toBe(fixture('ours-html.txt'))
  expect(readTsv(fixture('calc-pasted.txt').replace(/^\uFEFF/, ''))).toEqual(cells)
})

const office = (() => {
  try {
    return execFileSync('soffice', ['--version'], { encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch {
    return undefined
  }
})()
if (!office) process.stderr.write('LibreOffice is not installed: the test with it is skipped\n')

test.skipIf(!office)(
  'the LibreOffice of this machine reads what is written here, and back',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'kartoteka-calc-'))
    try {
      writeFileSync(join(folder, 'ours.html'), html)
      const convert = (format: string, name: string) => {
        const profile = `-env:UserInstallation=file://${folder}/profile`
        const input = ['--infilter=HTML (StarCalc)', '--convert-to', format, '--outdir', join(folder, 'out')]
        execFileSync('soffice', ['--headless', profile, ...input, join(folder, 'ours.html')], {
          stdio: 'pipe',
        })
        return readFileSync(join(folder, 'out', name), 'utf8')
      }
      const asText = convert('csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,false', 'ours.csv')
      expect(readTsv(asText)).toEqual(cells)
      expect(textsOf(convert('html:HTML (StarCalc)', 'ours.html'))).toEqual(cells)
      expect(readTsv(writeTsv(cells))).toEqual(cells)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  120_000,
)
