import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTable } from './open-table.ts'
import { allRows, openWorkshop, type Workshop, xlsxParts } from './testing-files.ts'

let workshop: Workshop
beforeAll(async () => {
  workshop = await openWorkshop()
})
afterAll(() => workshop.clear())

let files = 0

async function read(sheetData: string, more: Record<string, string> = {}) {
  const table = await openTable(await workshop.zip(`${++files}.xlsx`, xlsxParts(sheetData, more)))
  try {
    return await allRows(table)
  } finally {
    await table.close()
  }
}

const cellsOf = async (sheetData: string, more: Record<string, string> = {}) =>
  (await read(sheetData, more)).map(({ cells }) => cells)

const strings = (...items: string[]) => ({
  'xl/sharedStrings.xml': `<sst>${items.map((item) => `<si>${item}</si>`).join('')}</sst>`,
})

const styles = (formats: string, cellXfs: string) => ({
  'xl/styles.xml': `<styleSheet><numFmts>${formats}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${cellXfs}</cellXfs></styleSheet>`,
})

test('shared, inline and formula strings, booleans and numbers become text', async () => {
  const row =
    '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><t>вписано</t></is></c>' +
    '<c r="C1" t="str"><f>A1&amp;"x"</f><v>формула</v></c><c r="D1" t="b"><v>1</v></c><c r="E1"><v>42</v></c></row>'
  expect(await cellsOf(row, strings('<t>нулевая</t>', '<t>первая</t>'))).toEqual([
    ['первая', 'вписано', 'формула', 'TRUE', '42'],
  ])
})

test('runs of a rich text are joined and phonetic hints left out', async () => {
  const rich =
    '<r><t>ООО </t></r><r><rPr><b/></rPr><t xml:space="preserve">"Ромашка" </t></r><rPh sb="0" eb="1"><t>ROMASHKA</t></rPh>'
  expect(await cellsOf('<row><c t="s"><v>0</v></c></row>', strings(rich))).toEqual([['ООО "Ромашка" ']])
})

test('entities, CDATA and Excel escapes are decoded', async () => {
  const items = [
    '<t>Рога &amp; Копыта &lt;1&gt; &#1071;&#x42F;</t>',
    '<t><![CDATA[<Лютик> & Ко]]></t>',
    '<t>раз_x000D_\nдва</t>',
  ]
  const row = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row>'
  expect(await cellsOf(row, strings(...items))).toEqual([
    ['Рога & Копыта <1> ЯЯ', '<Лютик> & Ко', 'раз\nдва'],
  ])
})

test.each([
  ['79160000001', '79160000001'],
  ['7.9160000001E10', '79160000001'],
  ['7700000016', '7700000016'],
  ['0.30000000000000004', '0.3'],
  ['1.5', '1.5'],
  ['79160000001.0', '79160000001'],
  ['-5', '-5'],
  ['1E-3', '0.001'],
])('the number %s reads as %s', async (written, text) => {
  expect(await cellsOf(`<row><c><v>${written}</v></c></row>`)).toEqual([[text]])
})

test.each([
  ['dd.mm.yyyy', '45352', '2024-03-01'],
  ['[$-419]D MMMM YYYY;@', '45352.5', '2024-03-01 12:00'],
  ['dd/mm/yy hh:mm', '45352.4166666667', '2024-03-01 10:00'],
  ['h:mm:ss', '0.25', '06:00'],
  ['[h]:mm', '1.5', '36:00'],
  ['0000000000', '700000016', '0700000016'],
  ['#,##0.00 "м"', '12', '12'],
  ['General', '45352', '45352'],
  ['0.0%', '0.5', '0.5'],
])('the format %s shows %s as %s', async (format, value, text) => {
  const xml = `<numFmt numFmtId="170" formatCode="${format.replaceAll('"', '&quot;')}"/>`
  expect(
    await cellsOf(
      `<row><c s="1"><v>${value}</v></c></row>`,
      styles(xml, '<xf numFmtId="0"/><xf numFmtId="170"/>'),
    ),
  ).toEqual([[text]])
})

test('built-in date formats are dates, also in the 1904 system and before March 1900', async () => {
  const look = styles('', '<xf numFmtId="14"/>')
  expect(await cellsOf('<row><c s="0"><v>45352</v></c><c s="0"><v>59</v></c></row>', look)).toEqual([
    ['2024-03-01', '1900-02-28'],
  ])
  const workbook = xlsxParts('')['xl/workbook.xml']!.replace('<sheets>', '<workbookPr date1904="1"/><sheets>')
  expect(
    await cellsOf('<row><c s="0"><v>43890</v></c></row>', { ...look, 'xl/workbook.xml': workbook }),
  ).toEqual([['2024-03-01']])
})

test('an error of a formula is an empty cell with a mark', async () => {
  const rows = await read(
    '<row r="3"><c r="A3" t="inlineStr"><is><t>Лютик</t></is></c><c r="C3" t="e"><v>#N/A</v></c></row>',
  )
  expect(rows).toEqual([{ number: 3, cells: ['Лютик'], errors: [2] }])
})

test('gaps are kept, formatted-but-empty rows and cells are dropped', async () => {
  const rows = await read(
    '<row r="2"><c r="B2"><v>1</v></c><c r="E2"><v>2</v></c><c r="F2" s="3"/></row><row r="3" s="1" customFormat="1"/>' +
      '<row r="7"><c r="A7" t="inlineStr"><is><t> </t></is></c></row><row r="9"><c r="AB9"><v>3</v></c></row>',
  )
  expect(rows.map(({ number, cells }) => [number, cells.length])).toEqual([
    [2, 5],
    [9, 28],
  ])
  expect(rows[0]!.cells).toEqual(['', '1', '', '', '2'])
})

test('prefixes, strict namespaces, comments and a harmless DOCTYPE change nothing', async () => {
  const strict = {
    '_rels/.rels':
      '<Relationships><Relationship Id="r" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/xl/workbook.xml"/></Relationships>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Target="/xl/worksheets/sheet1.xml" Id="rId1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet"/></Relationships>',
    'xl/worksheets/sheet1.xml':
      '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY who "me">]><!-- a > b --><x:worksheet xmlns:x="urn"><x:sheetData><x:row r="1"><x:c r=\'A1\' t=\'inlineStr\'><x:is><x:t>Лютик &who;</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>',
    'xl/': '',
  }
  expect(await cellsOf('', strict)).toEqual([['Лютик &who;']])
})

test('entities declared through each other are refused, not expanded', async () => {
  const bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'
  await expect(
    read('<row><c t="s"><v>0</v></c></row>', { 'xl/sharedStrings.xml': bomb }),
  ).rejects.toMatchObject({ code: 'file.hostile' })
})

test('a part that unpacks to far more than it weighs is refused', async () => {
  const blanks = `<sst>${' '.repeat(80 * 1024 * 1024)}</sst>`
  await expect(
    read('<row><c t="s"><v>0</v></c></row>', { 'xl/sharedStrings.xml': blanks }),
  ).rejects.toMatchObject({
    code: 'file.hostile',
  })
})

test('a single endless cell is refused', async () => {
  const noise = Array.from({ length: 60_000 }, (_, index) => `текст номер ${index} `)
    .join('')
    .repeat(8)
  await expect(read(`<row><c t="inlineStr"><is><t>${noise}</t></is></c></row>`)).rejects.toMatchObject({
    code: 'file.too-large-inside',
  })
})

test('hidden sheets are told, charts are not listed', async () => {
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const table = await openTable(
    await workshop.zip(
      'sheets.xlsx',
      xlsxParts('<row><c><v>1</v></c></row>', {
        'xl/workbook.xml':
          '<workbook><sheets><sheet name="А &amp; Б" r:id="rId1"/><sheet name="Тайный" state="veryHidden" r:id="rId4"/><sheet name="График" r:id="rId5"/></sheets></workbook>',
        'xl/_rels/workbook.xml.rels':
          `<Relationships><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/>` +
          `<Relationship Id="rId4" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/>` +
          `<Relationship Id="rId5" Type="${office}/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>`,
      }),
    ),
  )
  expect(table.sheets).toEqual([
    { name: 'А & Б', hidden: false },
    { name: 'Тайный', hidden: true },
  ])
  await table.close()
})

test('text cut by the chunks of the reader stays whole', async () => {
  const rows = Array.from(
    { length: 30_000 },
    (_, index) => `<row><c t="inlineStr"><is><t>Клиент № ${index} — «Ёлка»</t></is></c></row>`,
  )
  const cells = await cellsOf(rows.join(''))
  expect(cells).toHaveLength(30_000)
  expect(cells.every(([cell], index) => cell === `Клиент № ${index} — «Ёлка»`)).toBe(true)
})
