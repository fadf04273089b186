import type { Indicator } from '#features/indicators/contract.ts'
import type { Language } from '#server/http/problem.ts'

interface IndicatorWords {
  sheet: string
  manager: string
  team: string
  none: { manager: string; team: string }
  total: string
  earlier: string
  figures: Record<Indicator | 'responseHours', string>
}

/** What the server itself writes: lines of nobody, and heads of the workbook. */
export const indicatorWords: Record<Language, IndicatorWords> = {
  ru: {
    sheet: 'Показатели',
    manager: 'Сотрудник',
    team: 'Команда',
    none: { manager: 'без ответственного', team: 'без команды' },
    total: 'Итого',
    earlier: 'было',
    figures: {
      done: 'Сделано',
      call: 'Звонки',
      meeting: 'Встречи',
      letter: 'Письма',
      task: 'Задачи',
      note: 'Заметки',
      planned: 'В плане',
      cancelled: 'Отменено',
      overdue: 'Просрочено сейчас',
      newClients: 'Новые клиенты',
      answered: 'С новыми связались',
      responseHours: 'До первого контакта, ч',
      lostClients: 'Потеряно клиентов',
      clients: 'Клиентов сейчас',
      withoutPlan: 'Без следующего шага',
      complete: 'Заполнены полностью',
    },
  },
  en: {
    sheet: 'Indicators',
    manager: 'Person',
    team: 'Team',
    none: { manager: 'no owner', team: 'no team' },
    total: 'Total',
    earlier: 'before',
    figures: {
      done: 'Done',
      call: 'Calls',
      meeting: 'Meetings',
      letter: 'Letters',
      task: 'Tasks',
      note: 'Notes',
      planned: 'Planned',
      cancelled: 'Cancelled',
      overdue: 'Overdue now',
      newClients: 'New clients',
      answered: 'New ones contacted',
      responseHours: 'To first contact, h',
      lostClients: 'Lost clients',
      clients: 'Clients now',
      withoutPlan: 'Without a next step',
      complete: 'Complete',
    },
  },
}
