import type { Road } from '#shared/roads.ts'

interface Words {
  sheet: string
  day: string
  person: string
  road: string
  file: string
  rows: string
  counted: string
  yes: string
  no: string
  filter: string
  columns: string
  address: string
  device: string
  files: string
  taken: string
  quota: string
  quotaTaken: string
  read: string
  cards: string
  copied: string
  attachments: string
  usual: string
  roads: Record<Road, string>
}

/** What the workbook and letters say. */
export const takingWords: Record<'ru' | 'en', Words> = {
  ru: {
    sheet: 'Кто что уносит',
    day: 'Когда',
    person: 'Кто',
    road: 'Каким путём',
    file: 'Файл',
    rows: 'Строк',
    counted: 'По квоте',
    yes: 'да',
    no: 'нет',
    filter: 'Фильтр',
    columns: 'Столбцы',
    address: 'Адрес',
    device: 'Откуда',
    files: 'Выгрузок',
    taken: 'Унесено строк',
    quota: 'Квота на 30 дней',
    quotaTaken: 'Из квоты за 30 дней',
    read: 'Прочитано строк',
    cards: 'Открыто карточек',
    copied: 'Скопировано и напечатано',
    attachments: 'Скачано вложений',
    usual: 'Обычно в день',
    roads: {
      clients: 'Выгрузка клиентов',
      report: 'Отчёт: доли',
      'report-clients': 'Отчёт: список клиентов',
      'report-values': 'Отчёт: контакты',
      'report-copy': 'Отчёт: контакты в буфер',
      'day-sheets': 'Листы дня: показатели',
      'day-entries': 'Листы дня: события',
      indicators: 'Показатели',
      'failed-rows': 'Не загруженные строки',
      takings: 'Кто что уносит',
      clipboard: 'Буфер обмена',
      print: 'Печать',
      reading: 'Чтение сверх меры',
    },
  },
  en: {
    sheet: 'Who takes what',
    day: 'When',
    person: 'Who',
    road: 'By which road',
    file: 'File',
    rows: 'Rows',
    counted: 'Against the quota',
    yes: 'yes',
    no: 'no',
    filter: 'Filter',
    columns: 'Columns',
    address: 'Address',
    device: 'From where',
    files: 'Exports',
    taken: 'Rows taken',
    quota: 'Quota for 30 days',
    quotaTaken: 'Of the quota in 30 days',
    read: 'Rows read',
    cards: 'Cards opened',
    copied: 'Copied and printed',
    attachments: 'Attachments downloaded',
    usual: 'Usual in a day',
    roads: {
      clients: 'Export of clients',
      report: 'Report: shares',
      'report-clients': 'Report: list of clients',
      'report-values': 'Report: contacts',
      'report-copy': 'Report: contacts to the clipboard',
      'day-sheets': 'Day sheets: figures',
      'day-entries': 'Day sheets: entries',
      indicators: 'Indicators',
      'failed-rows': 'Rows not imported',
      takings: 'Who takes what',
      clipboard: 'Clipboard',
      print: 'Print',
      reading: 'Reading beyond measure',
    },
  },
}
