import { ActionIcon, Button, Group, Menu, SegmentedControl } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconDownload, IconUsers } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { dayAfter } from '#features/activities/when.ts'
import { type DaySheets, daySheetsXlsx, listDaySheets, noFigures } from '#features/day-sheets/contract.ts'
import { takeAway } from '#features/taking/web/take-away.ts'
import { query } from '#web/api.ts'
import { download } from '#web/download.ts'
import { DateInput } from '#web/form/dates.tsx'
import { formatDayInWords, today } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { Page } from '#web/layout/Page.tsx'
import { useMe } from '#web/session.ts'
import { useUrlState } from '#web/url-state.ts'
import { dayOf, DayView, type SetView, weekOf } from './day-view.ts'
import { DayRecordsDrawer } from './DayRecordsDrawer.tsx'
import { OwnSheet } from './OwnSheet.tsx'
import { TeamTable } from './TeamTable.tsx'
import { WeekStrip } from './WeekStrip.tsx'

/** «Листы дня»: a manager's own day, which he closes; a head's people side by side. */
export function DaySheetsPage() {
  const { t } = useTranslation()
  const me = useMe()
  const [view, setView] = useUrlState(DayView)
  const day = dayOf(view)
  const week = weekOf(day)
  const own = me.role === 'manager' || view.tab === 'own'
  const sheets = useQuery({
    ...query(listDaySheets, { from: week[0]!, to: week[6]!, ...(own && { user: [me.id] }) }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })
  return (
    <Page
      title={t(me.role === 'manager' ? 'day-sheets.own-title' : 'day-sheets.title')}
      aside={formatDayInWords(day)}
      actions={<XlsxMenu day={day} week={week} own={own} />}
      toolbar={
        <Group gap="sm" w="100%">
          {me.role !== 'manager' && (
            <SegmentedControl
              size="xs"
              value={view.tab}
              data={(['team', 'own'] as const).map((value) => ({ value, label: t(`day-sheets.${value}`) }))}
              onChange={(tab) => setView({ tab: tab as 'team' | 'own', show: undefined, of: undefined })}
            />
          )}
          <DayPicker day={day} setView={setView} />
        </Group>
      }
    >
      <Loaded of={sheets} meanwhile={8}>
        {(found) => (
          <div data-outdated={sheets.isPlaceholderData || undefined}>
            <WeekStrip found={found} week={week} day={day} setView={setView} />
            <Day found={found} day={day} own={own} setView={setView} />
          </div>
        )}
      </Loaded>
      <DayRecordsDrawer view={view} setView={setView} own={own} />
    </Page>
  )
}

function Day({
  found,
  day,
  own,
  setView,
}: {
  found: DaySheets
  day: string
  own: boolean
  setView: SetView
}) {
  const { t } = useTranslation()
  const me = useMe()
  const sheets = found.sheets.filter((sheet) => sheet.day === day)
  if (own) {
    const sheet = sheets.find(({ userId }) => userId === me.id)
    return sheet ? (
      <OwnSheet key={`${day} ${Boolean(sheet.closed)}`} sheet={sheet} today={found.today} setView={setView} />
    ) : (
      <OwnSheet key={day} sheet={emptySheet(me.id, day)} today={found.today} setView={setView} />
    )
  }
  return sheets.length === 0 ? (
    <EmptyState
      icon={<IconUsers size={32} stroke={1.2} />}
      title={t('day-sheets.nobody-title')}
      text={t('day-sheets.nobody-text')}
    />
  ) : (
    <TeamTable people={found.people} sheets={sheets} setView={setView} />
  )
}

/** A head's own day, on which he has done nothing with clients yet. */
const emptySheet = (userId: string, day: string): DaySheets['sheets'][number] => ({
  userId,
  day,
  comment: '',
  closed: null,
  figures: noFigures,
})

function DayPicker({ day, setView }: { day: string; setView: SetView }) {
  const { t } = useTranslation()
  const go = (to: string) => setView({ day: to === today() ? undefined : to })
  return (
    <Group gap={4} wrap="nowrap">
      <ActionIcon
        variant="default"
        size={32}
        aria-label={t('day-sheets.before')}
        onClick={() => go(dayAfter(day, -1))}
      >
        <IconChevronLeft size={16} />
      </ActionIcon>
      <DateInput
        w={130}
        aria-label={t('day-sheets.day')}
        valueFormat="DD.MM.YYYY"
        value={day}
        onChange={(chosen) => chosen && go(chosen)}
      />
      <ActionIcon
        variant="default"
        size={32}
        aria-label={t('day-sheets.after')}
        onClick={() => go(dayAfter(day, 1))}
      >
        <IconChevronRight size={16} />
      </ActionIcon>
      {day !== today() && (
        <Button variant="subtle" size="compact-md" onClick={() => go(today())}>
          {t('day-sheets.today')}
        </Button>
      )}
    </Group>
  )
}

/** A day or its week, as figures or with every record; of others only for who may export. */
function XlsxMenu({ day, week, own }: { day: string; week: string[]; own: boolean }) {
  const { t, i18n } = useTranslation()
  const me = useMe()
  const mayExport = me.role === 'head' || me.mayExport
  if (!own && !mayExport) return null
  const language = i18n.language
  const whose = own ? { user: [me.id] } : {}
  const files = [
    ['xlsx-day', { from: day, to: day }],
    ['xlsx-week', { from: week[0]!, to: week[6]! }],
    ['xlsx-day-entries', { from: day, to: day, entries: true }],
    ['xlsx-week-entries', { from: week[0]!, to: week[6]!, entries: true }],
  ] as const
  const shown = files.filter(([, scope]) => mayExport || !('entries' in scope))
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} stroke={1.6} />}>
          {t('day-sheets.xlsx')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {shown.map(([word, scope]) => (
          <Menu.Item
            key={word}
            onClick={() => void takeAway(() => download(daySheetsXlsx, { ...scope, ...whose, language }))}
          >
            {t(`day-sheets.${word}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
