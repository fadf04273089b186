import type { FileMark } from '#shared/file-mark.ts'

/** The small parts of a workbook that do not depend on its rows. */

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const media = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

export const xlsxType = `${media}.sheet`

const numbersTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1)

export const contentTypes = (sheets: number) =>
  `${declaration}<Types xmlns="${packaged}/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${media}.sheet.main+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${media}.styles+xml"/>` +
  '<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>' +
  numbersTo(sheets)
    .map(
      (number) =>
        `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${media}.worksheet+xml"/>`,
    )
    .join('') +
  '</Types>'

export const packageRelations =
  `${declaration}<Relationships xmlns="${packaged}/relationships">` +
  `<Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/>` +
  `<Relationship Id="rId2" Type="${office}/custom-properties" Target="docProps/custom.xml"/></Relationships>`

/** Who took the file out, where nobody looks: the properties go with the file when it is saved anew. */
export const customProperties = ({ id, by, at }: FileMark) =>
  `${declaration}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" ` +
  'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">' +
  Object.entries({ KartotekaTaking: id, KartotekaTakenBy: by, KartotekaTakenAt: at })
    .map(
      ([name, value], at) =>
        `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="${at + 2}" name="${name}"><vt:lpwstr>${xmlText(value)}</vt:lpwstr></property>`,
    )
    .join('') +
  '</Properties>'

export const workbook = (name: string, sheets: number) =>
  `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>` +
  numbersTo(sheets)
    .map((number) => `<sheet name="${sheetName(name, number)}" sheetId="${number}" r:id="rId${number}"/>`)
    .join('') +
  '</sheets></workbook>'

export const workbookRelations = (sheets: number) =>
  `${declaration}<Relationships xmlns="${packaged}/relationships">` +
  numbersTo(sheets)
    .map(
      (number) =>
        `<Relationship Id="rId${number}" Type="${office}/worksheet" Target="worksheets/sheet${number}.xml"/>`,
    )
    .join('') +
  `<Relationship Id="rId${sheets + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`

/** Cell formats by number: 0 plain, 1 bold header, 2 day. */
export const styles =
  `${declaration}<styleSheet xmlns="${main}">` +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>' +
  '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'

/** A sheet's name as Excel allows it: no []:*?/\, at most 31 letters; further sheets are numbered. */
function sheetName(name: string, number: number): string {
  const suffix = number > 1 ? ` (${number})` : ''
  const plain =
    name
      .replace(/[[\]:*?/\\\p{Cc}]/gu, ' ')
      .replace(/^'+|'+$/g, '')
      .trim() || 'Лист'
  return (plain.slice(0, 31 - suffix.length).trim() + suffix).replace(/[&<>"]/g, (sign) => escapes[sign]!)
}

/** What XML 1.0 does not allow in a document: control signs but tab and line breaks, lone halves of a pair, two non-letters. */
const forbidden = /[^\P{Cc}\t\n\r\u007F-\u009F]|\p{Cs}|[\uFFFE\uFFFF]/gu
const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}

export const xmlText = (text: string) =>
  text.replace(forbidden, '').replace(/[&<>\r]/g, (sign) => escapes[sign]!)

const names: string[] = []

/** A, B … Z, AA …: the letters of a column counted from 0. */
export function columnName(at: number): string {
  return (names[at] ??=
    (at >= 26 ? columnName(Math.floor(at / 26) - 1) : '') + String.fromCharCode(65 + (at % 26)))
}
