import type { RowProblem } from './draft.ts'
import type { RefusalCode } from './refusal.ts'
import type { SkipReason } from './skip-row.ts'

/** One sentence for a person: what is wrong with the file and what to do. */
export const problemWordsEn: Record<RefusalCode, string> = {
  'file.empty': 'The file is empty: check that it is the right one and save it again.',
  'file.not-a-file': 'This is a folder or a link, not a file: choose the file with the table itself.',
  'file.encrypted':
    'The file is protected by a password: remove it in Excel or LibreOffice, save and upload again.',
  'file.damaged':
    'The file is damaged or was not copied to its end: open it in Excel, save it under a new name and upload again.',
  'file.hostile':
    'The file is built to harm the program that reads it, so it was not opened: ask the sender for an ordinary table.',
  'file.too-large-inside':
    'The table inside the file is too large for this format: save it as .xlsx or .csv, or split it.',
  'file.took-too-long': 'The file takes too long to read: save the table as .csv or split it.',
  'file.archive': 'This is an archive: unpack it and upload the tables inside.',
  'file.mxl': 'This is a 1C spreadsheet (.mxl): open it in 1C and save it as .xlsx.',
  'file.picture': 'This is a picture, not a table: upload the table it was made from.',
  'file.pdf': 'This is a PDF, not a table: upload the table it was made from.',
  'file.document': 'This is a text document, not a table: move the table into Excel and save it as .xlsx.',
  'file.database': 'This is a database file: export the table you need to .xlsx or .csv.',
  'file.other-contacts':
    'This is a file of another kind (vCard, LDIF, JSON or XML), not a table: export the data to .xlsx or .csv.',
  'file.not-a-table': 'There is no table in the file: .xlsx, .xls, .ods, .csv and delimited .txt will do.',
  'table.no-rows': 'The table has no rows of data: check that the right file and sheet were saved.',
  'table.nothing-recognised':
    'No clients or contact details can be made out in the table: at least a column of names is needed; give the columns headers in the first row, or say on the import’s screen what they are.',
  'table.nobody-named': 'No row says the name of a client: fill in that column and upload the file again.',
  'table.form':
    'This is a form or cards one below the other, not a table: put the data into a table with one client a row.',
}

/** Why a row is not taken. */
export const rowProblemWordsEn: Record<RowProblem | SkipReason, string> = {
  'row.nobody-named': 'Neither a client nor a person is named',
  header: 'Header of the table',
  total: 'Row of totals',
  group: 'Title of a group',
  empty: 'Empty row',
}
