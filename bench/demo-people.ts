/** How a manager of the demo company keeps his clients: shares of what is missing, dirty or never checked. */
export interface Habits {
  /** His clients beside those of the others. */
  clients: number
  noPhone: number
  noEmail: number
  noPerson: number
  dirt: number
  checked: number
  /** Open plan entries left behind. */
  overdue: number
}

export interface DemoPerson {
  name: string
  email: string
  role: 'head' | 'team-head' | 'manager'
  team?: string
  habits?: Habits
}

const habits = (
  clients: number,
  noPhone: number,
  noEmail: number,
  noPerson: number,
  dirt: number,
  checked: number,
  overdue: number,
) => ({
  clients,
  noPhone,
  noEmail,
  noPerson,
  dirt,
  checked,
  overdue,
})

/** Made-up people. The report is to tell them apart: from one who keeps everything in order to one who writes «уточнить». */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { name: 'Орлова Ирина Викторовна', email: 'demo@example.test', role: 'head' },
  {
    name: 'Лебедев Павел Сергеевич',
    email: 'lebedev@example.test',
    role: 'team-head',
    team: 'Отдел продаж',
    habits: habits(120, 0.03, 0.1, 0.05, 0.03, 0.8, 0.05),
  },
  {
    name: 'Кравцова Анна Олеговна',
    email: 'kravtsova@example.test',
    role: 'manager',
    team: 'Отдел продаж',
    habits: habits(420, 0.01, 0.04, 0.02, 0.02, 0.9, 0.02),
  },
  {
    name: 'Дроздов Илья Андреевич',
    email: 'drozdov@example.test',
    role: 'manager',
    team: 'Отдел продаж',
    habits: habits(380, 0.06, 0.2, 0.1, 0.06, 0.6, 0.1),
  },
  {
    name: 'Самойлова Вера Петровна',
    email: 'samoylova@example.test',
    role: 'manager',
    team: 'Отдел продаж',
    habits: habits(300, 0.04, 0.35, 0.15, 0.04, 0.5, 0.08),
  },
  {
    name: 'Рыбаков Денис Юрьевич',
    email: 'rybakov@example.test',
    role: 'manager',
    team: 'Отдел продаж',
    habits: habits(350, 0.25, 0.55, 0.4, 0.22, 0.1, 0.45),
  },
  {
    name: 'Мельник Татьяна Игоревна',
    email: 'melnik@example.test',
    role: 'team-head',
    team: 'Регионы',
    habits: habits(100, 0.05, 0.12, 0.08, 0.04, 0.7, 0.06),
  },
  {
    name: 'Зуев Антон Борисович',
    email: 'zuev@example.test',
    role: 'manager',
    team: 'Регионы',
    habits: habits(330, 0.08, 0.25, 0.2, 0.12, 0.4, 0.2),
  },
  {
    name: 'Панина Юлия Максимовна',
    email: 'panina@example.test',
    role: 'manager',
    team: 'Регионы',
    habits: habits(310, 0.02, 0.08, 0.05, 0.03, 0.75, 0.04),
  },
  {
    name: 'Гущин Олег Николаевич',
    email: 'gushchin@example.test',
    role: 'manager',
    team: 'Регионы',
    habits: habits(290, 0.18, 0.3, 0.3, 0.3, 0.15, 0.3),
  },
  {
    name: 'Ершова Ксения Романовна',
    email: 'ershova@example.test',
    role: 'manager',
    team: 'Регионы',
    habits: habits(260, 0.1, 0.15, 0.1, 0.08, 0.5, 0.12),
  },
]
