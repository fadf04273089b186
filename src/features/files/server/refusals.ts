import { Problem } from '#server/http/problem.ts'

export const tooLarge = () =>
  new Problem(413, 'file-too-large', {
    ru: 'Файл больше 25 МБ и не сохранён. Уменьшите его или разделите на части.',
    en: 'The file is larger than 25 MB and was not saved. Make it smaller or split it.',
  })

export const notMultipart = () =>
  new Problem(415, 'not-multipart', {
    ru: 'Файл присылают как multipart/form-data, в части с именем file.',
    en: 'A file is sent as multipart/form-data, in the part named file.',
  })

export const noFile = () =>
  new Problem(422, 'no-file', {
    ru: 'В запросе нет файла или файл пустой. Пришлите один непустой файл в части с именем file.',
    en: 'There is no file in the request, or it is empty. Send one file that is not empty in the part named file.',
  })

export const isProgramFile = () =>
  new Problem(422, 'program-refused', {
    ru: 'Программы и сценарии в базу не принимаются: коллега мог бы запустить такой файл по ошибке. Если он нужен, упакуйте его в архив.',
    en: 'Programs and scripts are not taken: a colleague might start one by mistake. Pack it into an archive if it is needed.',
  })

export const interrupted = () =>
  new Problem(400, 'upload-interrupted', {
    ru: 'Файл пришёл не целиком, ничего не сохранено. Загрузите его ещё раз.',
    en: 'The file did not arrive whole, nothing was saved. Upload it again.',
  })

export const noDisk = () =>
  new Problem(507, 'disk-full', {
    ru: 'На диске сервера нет места: файл не сохранён. Освободите место и повторите.',
    en: "The server's disk is full: the file was not saved. Free some space and try again.",
  })
