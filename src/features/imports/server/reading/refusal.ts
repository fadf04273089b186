/** Why a file or a table cannot be imported; the sentence for a person is in problem-words.*.ts under the same code. */
export type RefusalCode =
  | 'file.empty'
  | 'file.not-a-file'
  | 'file.encrypted'
  | 'file.damaged'
  | 'file.hostile'
  | 'file.too-large-inside'
  | 'file.took-too-long'
  | 'file.archive'
  | 'file.mxl'
  | 'file.picture'
  | 'file.pdf'
  | 'file.document'
  | 'file.database'
  | 'file.other-contacts'
  | 'file.not-a-table'
  | 'table.no-rows'
  | 'table.nothing-recognised'
  | 'table.nobody-named'
  | 'table.form'

/** A refusal is an answer, not a fault: the file was understood well enough to say why it cannot be taken. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly detail: string

  constructor(code: RefusalCode, detail = '') {
    super(detail === '' ? code : `${code}: ${detail}`)
    this.name = 'Refusal'
    this.code = code
    this.detail = detail
  }
}
