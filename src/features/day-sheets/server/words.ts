import type { ActivityKind } from '#features/activities/contract.ts'
import type { DayFigure } from '#features/day-sheets/contract.ts'
import type { Language } from '#server/http/problem.ts'

interface SheetWords {
  sheet: string
  day: string
  manager: string
  figures: Record<DayFigure, string>
  comment: string
  closed: string
  yes: string
  no: string
  total: string
  what: string
  when: string
  client: string
  kind: string
  text: string
  result: string
  kinds: Record<ActivityKind, string>
}

/** What the server itself writes of day sheets: heads of workbooks and of letters. */
export const sheetWords: Record<Language, SheetWords> = {
  ru: {
    sheet: 'Листы дня',
    day: 'День',
    manager: 'Менеджер',
    figures: {
      planned: 'Запланировано',
      kept: 'Из плана сделано',
      done: 'Сделано',
      call: 'Звонки',
      meeting: 'Встречи',
      letter: 'Письма',
      task: 'Задачи',
      moved: 'Перенесено',
      cancelled: 'Отменено',
      entered: 'Внесено событий',
      changedEntries: 'Изменено событий',
      newClients: 'Новые клиенты',
      changedClients: 'Изменено клиентов',
    },
    comment: 'Комментарий',
    closed: 'День закрыт',
    yes: 'да',
    no: 'нет',
    total: 'Всего',
    what: 'Что',
    when: 'Когда',
    client: 'Клиент',
    kind: 'Вид',
    text: 'Содержание',
    result: 'Результат',
    kinds: { call: 'звонок', meeting: 'встреча', letter: 'письмо', task: 'задача', note: 'заметка' },
  },
  en: {
    sheet: 'Day sheets',
    day: 'Day',
    manager: 'Manager',
    figures: {
      planned: 'Planned',
      kept: 'Planned and done',
      done: 'Done',
      call: 'Calls',
      meeting: 'Meetings',
      letter: 'Letters',
      task: 'Tasks',
      moved: 'Moved',
      cancelled: 'Cancelled',
      entered: 'Events entered',
      changedEntries: 'Events changed',
      newClients: 'New clients',
      changedClients: 'Clients changed',
    },
    comment: 'Comment',
    closed: 'Day closed',
    yes: 'yes',
    no: 'no',
    total: 'Total',
    what: 'What',
    when: 'When',
    client: 'Client',
    kind: 'Kind',
    text: 'Text',
    result: 'Result',
    kinds: { call: 'call', meeting: 'meeting', letter: 'letter', task: 'task', note: 'note' },
  },
}
