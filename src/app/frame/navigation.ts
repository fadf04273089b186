import {
  IconAddressBook,
  IconAlertTriangle,
  IconCalendar,
  IconChartBar,
  IconChartLine,
  IconFileExport,
  IconFileImport,
  IconClipboardList,
  IconHistory,
  IconMessageQuestion,
  IconHistoryToggle,
  IconLogin2,
  IconSettings,
  IconSun,
  IconUsers,
  type Icon,
} from '@tabler/icons-react'
import type { NavigationItem } from '#web/layout/Navigation.tsx'
import type { Role } from '#shared/roles.ts'
import type { ru } from './words.ru.ts'

interface Section {
  to: NavigationItem['to']
  word: keyof typeof ru
  /** For the bar of a telephone, where the word is too long. */
  short?: keyof typeof ru
  icon: Icon
  roles: readonly Role[]
  pinned?: boolean
  /** Reached from other screens and by Ctrl+K, not from the list of sections. */
  aside?: boolean
}

const CLIENT_ROLES: Role[] = ['head', 'team-head', 'manager']

const SECTIONS: Section[] = [
  { to: '/', word: 'day', icon: IconSun, roles: CLIENT_ROLES, pinned: true },
  { to: '/calendar', word: 'calendar', icon: IconCalendar, roles: CLIENT_ROLES, pinned: true },
  { to: '/clients', word: 'clients', icon: IconAddressBook, roles: CLIENT_ROLES, pinned: true },
  {
    to: '/reports/contact-info',
    word: 'contact-info',
    short: 'contact-info-short',
    icon: IconChartBar,
    roles: CLIENT_ROLES,
    pinned: true,
  },
  { to: '/day-sheets', word: 'day-sheets', icon: IconClipboardList, roles: CLIENT_ROLES },
  { to: '/fill-requests', word: 'fill-requests', icon: IconMessageQuestion, roles: CLIENT_ROLES },
  { to: '/indicators', word: 'indicators', icon: IconChartLine, roles: CLIENT_ROLES },
  { to: '/imports', word: 'imports', icon: IconFileImport, roles: CLIENT_ROLES },
  { to: '/team', word: 'team', icon: IconUsers, roles: ['head', 'admin'] },
  { to: '/journal', word: 'journal', icon: IconHistory, roles: CLIENT_ROLES },
  { to: '/taking' as '/journal', word: 'taking', icon: IconFileExport, roles: CLIENT_ROLES },
  {
    to: '/time-machine' as '/journal',
    word: 'time-machine',
    icon: IconHistoryToggle,
    roles: CLIENT_ROLES,
    aside: true,
  },
  { to: '/alarms', word: 'alarms', icon: IconAlertTriangle, roles: ['head'] },
  {
    to: '/team/sign-ins' as '/journal',
    word: 'sign-ins',
    icon: IconLogin2,
    roles: ['head', 'admin'],
    aside: true,
  },
  { to: '/settings', word: 'settings', icon: IconSettings, roles: ['head', 'admin'] },
]

/** The screens a role has something to do on, in the order of the navigation. */
export const sectionsOf = (role: Role): Section[] =>
  SECTIONS.filter((section) => section.roles.includes(role))

/** Whether a screen is for this role; what stands in no section is for everybody. */
export const mayOpen = (path: string, role: Role): boolean =>
  SECTIONS.find((section) => section.to === path)?.roles.includes(role) ?? true
