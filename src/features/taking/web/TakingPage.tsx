import { Button, Group, MultiSelect, SegmentedControl, Select } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import { daysOf, periods } from '#features/indicators/web/indicators-view.ts'
import { listExportRequests, takingsXlsx } from '#features/taking/contract.ts'
import { query, urlOf } from '#web/api.ts'
import { DateInput } from '#web/form/dates.tsx'
import { formatDate } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Page } from '#web/layout/Page.tsx'
import { useMe } from '#web/session.ts'
import { useUrlState } from '#web/url-state.ts'
import { FilesTab } from './FilesTab.tsx'
import { OwnQuota } from './OwnQuota.tsx'
import { PeopleTab } from './PeopleTab.tsx'
import { RequestsTab } from './RequestsTab.tsx'
import { TakingDrawer } from './TakingDrawer.tsx'
import { scopeOf, type SetView, TakingView } from './taking-view.ts'

const tabs = { people: PeopleTab, files: FilesTab, requests: RequestsTab }

/** «Кто что уносит»: what left the base and by whom, who reads how much, and who asks for more. */
export function TakingPage() {
  const { t, i18n } = useTranslation()
  const { role } = useMe()
  const [view, setView] = useUrlState(TakingView)
  const asked = useQuery(query(listExportRequests, { state: ['asked'] })).data?.items.length ?? 0
  const Tab = tabs[view.tab]
  const days = daysOf(view)
  const language = i18n.language
  return (
    <Page
      title={t('taking.title')}
      aside={t('indicators.days', { from: formatDate(days.from), to: formatDate(days.to) })}
      actions={
        view.tab !== 'requests' && (
          <Button
            component="a"
            download
            variant="default"
            leftSection={<IconDownload size={16} stroke={1.6} />}
            href={urlOf(takingsXlsx, {
              ...scopeOf(view),
              language,
              ...(view.tab === 'files' ? { what: 'takings', road: view.road } : { what: 'people' }),
            })}
          >
            {t('taking.xlsx')}
          </Button>
        )
      }
      toolbar={
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            value={view.tab}
            data={[
              { value: 'people', label: t('taking.tab-people') },
              { value: 'files', label: t('taking.tab-files') },
              {
                value: 'requests',
                label:
                  asked > 0 ? t('taking.tab-requests-count', { count: asked }) : t('taking.tab-requests'),
              },
            ]}
            onChange={(tab) => setView({ tab: tab as TakingView['tab'] }, { keep: true })}
          />
          {view.tab !== 'requests' && <Period view={view} setView={setView} />}
          {role !== 'manager' && <People view={view} setView={setView} />}
        </Group>
      }
    >
      <OwnQuota />
      <Tab view={view} setView={setView} />
      <TakingDrawer view={view} setView={setView} />
    </Page>
  )
}

function Period({ view, setView }: { view: TakingView; setView: SetView }) {
  const { t } = useTranslation()
  const days = daysOf(view)
  const own = (changed: { from?: string; to?: string }) => setView({ ...days, ...changed, period: 'own' })
  return (
    <>
      <Select
        size="xs"
        w={164}
        aria-label={t('indicators.period')}
        allowDeselect={false}
        value={view.period}
        data={periods.map((value) => ({ value, label: t(`indicators.periods.${value}`) }))}
        onChange={(period) => setView({ period: period as TakingView['period'], ...days, day: undefined })}
      />
      {view.period === 'own' &&
        (['from', 'to'] as const).map((end) => (
          <DateInput
            key={end}
            size="xs"
            w={112}
            aria-label={t(`indicators.${end}`)}
            valueFormat="DD.MM.YYYY"
            value={days[end]}
            onChange={(day) => day && own({ [end]: day })}
          />
        ))}
    </>
  )
}

function People({ view, setView }: { view: TakingView; setView: SetView }) {
  const { t } = useTranslation()
  const { plannable } = useColleagues()
  return (
    <MultiSelect
      size="xs"
      miw={200}
      maw={420}
      aria-label={t('taking.people')}
      placeholder={view.user?.length ? undefined : t('taking.everybody')}
      clearable
      value={view.user ?? []}
      data={plannable.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(user) => setView({ user: user.length > 0 ? user : undefined, of: undefined })}
    />
  )
}
