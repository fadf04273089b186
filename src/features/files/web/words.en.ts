import type { English } from '#web/i18n/english.ts'
import type { ru } from './words.ru.ts'

export const en: English<typeof ru> = {
  drop: 'Drop files here or choose them',
  'drop-hint': 'Up to 25 MB each',
  'empty-text': 'Contracts, scans, photographs: everything that must stay with the company.',
  download: 'Download',
  'download-name': 'Download “{{name}}”',
  delete: 'Delete',
  'delete-name': 'Delete “{{name}}”',
  deleted: 'File “{{name}}” deleted',
  'too-large': 'larger than 25 MB. Make it smaller or split it.',
  'empty-file': 'the file is empty.',
  uploading: 'Uploading “{{name}}”',
  cancel: 'Cancel the upload of “{{name}}”',
  'try-again': 'Try again',
  dismiss: 'Dismiss',
  'of-person': 'of: {{name}}',
  preview: 'File preview',
  'cannot-show': 'This file cannot be shown here, but it can be downloaded.',
}
