/** Names of the screens, as the navigation and the palette show them. */
export const ru = {
  'looking-as': 'Вы смотрите как {{name}}, до {{until}}. Только чтение.',
  'look-back': 'Вернуться к себе',
  calendar: 'Календарь',
  day: 'Мой день',
  clients: 'База',
  'contact-info': 'Контактная информация',
  'contact-info-short': 'Отчёт',
  'day-sheets': 'Листы дня',
  'fill-requests': 'Просьбы дополнить',
  indicators: 'Показатели',
  imports: 'Загрузки',
  alarms: 'Тревоги',
  team: 'Команда',
  settings: 'Настройки',
  'time-machine': 'Машина времени',
  journal: 'Журнал',
}
