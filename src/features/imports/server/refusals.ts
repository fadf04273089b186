import { Problem } from '#server/http/problem.ts'

export const notMultipart = () =>
  new Problem(415, 'not-multipart', {
    ru: 'Файл передается как multipart/form-data, частью file.',
    en: 'Send the file as multipart/form-data, as the part “file”.',
  })
export const noFile = () =>
  new Problem(422, 'no-file', { ru: 'Выберите файл с таблицей.', en: 'Choose a table file.' })
export const tooLarge = () =>
  new Problem(413, 'file-too-large', {
    ru: 'Файл больше 2 ГБ: разделите таблицу на части.',
    en: 'The file is larger than 2 GB: split the table.',
  })
export const noDisk = () =>
  new Problem(507, 'no-space', {
    ru: 'На диске сервера не осталось места для файла.',
    en: 'There is no space left on the server for the file.',
  })
export const interrupted = () =>
  new Problem(400, 'interrupted', {
    ru: 'Файл передан не до конца: попробуйте ещё раз.',
    en: 'The file did not arrive whole: try again.',
  })
export const notNow = () =>
  new Problem(409, 'import-state', {
    ru: 'Сейчас с этой загрузкой так нельзя: посмотрите, что с ней, и попробуйте снова.',
    en: 'Not possible with this import right now: look how it stands and try again.',
  })
export const notYours = () =>
  new Problem(403, 'import-foreign', {
    ru: 'Это загрузка другого сотрудника: менять её может только он.',
    en: 'This import is another person’s: only he may change it.',
  })
export const ownerNotAllowed = {
  ru: 'На этого сотрудника вы загружать не можете.',
  en: 'You may not load clients for this person.',
}
