import { Button, Group, MultiSelect, SegmentedControl, Select } from '@mantine/core'
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import { useTranslation } from '#web/i18n/translation.ts'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import { indicatorsXlsx } from '#features/indicators/contract.ts'
import { ViewsMenu } from '#features/views/web/ViewsMenu.tsx'
import { urlOf } from '#web/api.ts'
import { DateInput } from '#web/form/dates.tsx'
import { formatDate } from '#web/format.ts'
import { Page } from '#web/layout/Page.tsx'
import { useMe } from '#web/session.ts'
import { useUrlState } from '#web/url-state.ts'
import { AbcTab } from './AbcTab.tsx'
import { FunnelTab } from './FunnelTab.tsx'
import { closed, daysOf, IndicatorsView, periods, scopeOf, type SetView } from './indicators-view.ts'
import { OutcomesTab } from './OutcomesTab.tsx'
import { FigureDrawer } from './FigureDrawer.tsx'
import { SummaryTab } from './SummaryTab.tsx'
import { TrendTab } from './TrendTab.tsx'
import classes from './indicators.module.css'

const tabs = { summary: SummaryTab, outcomes: OutcomesTab, trend: TrendTab, funnel: FunnelTab, abc: AbcTab }

/** «Показатели»: what people did, what became of their clients, how the base is kept; every figure opens to its records. */
export function IndicatorsPage() {
  const { t, i18n } = useTranslation()
  const [view, setView] = useUrlState(IndicatorsView)
  const Tab = tabs[view.tab]
  const days = daysOf(view)
  return (
    <Page
      title={t('indicators.title')}
      aside={t('indicators.days', { from: formatDate(days.from), to: formatDate(days.to) })}
      actions={
        <Group gap="xs">
          <ViewsMenu
            screen="indicators"
            label={t('indicators.presets')}
            definition={() => ({ ...view, ...closed })}
            onOpen={({ definition }) => setView({ ...cleared, ...definition })}
          />
          <Button
            variant="default"
            leftSection={<IconPrinter size={16} stroke={1.6} />}
            onClick={() => window.print()}
          >
            {t('indicators.print')}
          </Button>
          <Button
            component="a"
            download
            variant="default"
            leftSection={<IconDownload size={16} stroke={1.6} />}
            href={urlOf(indicatorsXlsx, { ...scopeOf(view), language: i18n.language })}
          >
            {t('indicators.xlsx')}
          </Button>
        </Group>
      }
      toolbar={
        <div className={classes.toolbar}>
          <SegmentedControl
            size="xs"
            value={view.tab}
            data={Object.keys(tabs).map((value) => ({
              value,
              label: t(`indicators.tab.${value as IndicatorsView['tab']}`),
            }))}
            onChange={(tab) => setView({ ...closed, tab: tab as IndicatorsView['tab'] }, { keep: true })}
          />
          <Filters view={view} setView={setView} />
        </div>
      }
    >
      <Tab view={view} setView={setView} />
      <FigureDrawer view={view} setView={setView} />
    </Page>
  )
}

/** A preset replaces everything, also what it does not name. */
const cleared = Object.fromEntries(Object.keys(IndicatorsView.shape).map((key) => [key, undefined]))

function Filters({ view, setView }: { view: IndicatorsView; setView: SetView }) {
  const { t } = useTranslation()
  const { role } = useMe()
  const { plannable } = useColleagues()
  const days = daysOf(view)
  const own = (changed: { from?: string; to?: string }) => setView({ ...days, ...changed, period: 'own' })
  return (
    <Group gap="xs">
      {view.tab !== 'abc' && (
        <Select
          size="xs"
          w={164}
          aria-label={t('indicators.period')}
          allowDeselect={false}
          value={view.period}
          data={periods.map((value) => ({ value, label: t(`indicators.periods.${value}`) }))}
          onChange={(period) => setView({ period: period as IndicatorsView['period'], ...days })}
        />
      )}
      {view.tab !== 'abc' && view.period === 'own' && (
        <>
          <DateInput
            size="xs"
            w={112}
            aria-label={t('indicators.from')}
            valueFormat="DD.MM.YYYY"
            value={days.from}
            maxDate={days.to}
            onChange={(from) => from && own({ from })}
          />
          <DateInput
            size="xs"
            w={112}
            aria-label={t('indicators.to')}
            valueFormat="DD.MM.YYYY"
            value={days.to}
            minDate={days.from}
            onChange={(to) => to && own({ to })}
          />
        </>
      )}
      {view.tab === 'summary' && (
        <Select
          size="xs"
          w={236}
          aria-label={t('indicators.compare')}
          allowDeselect={false}
          value={view.compare}
          data={(['none', 'before', 'year'] as const).map((value) => ({
            value,
            label: t(`indicators.compared.${value}`),
          }))}
          onChange={(compare) => setView({ compare: compare as IndicatorsView['compare'] })}
        />
      )}
      {view.tab === 'summary' && role === 'head' && (
        <SegmentedControl
          size="xs"
          value={view.by}
          data={(['manager', 'team'] as const).map((value) => ({
            value,
            label: t(`indicators.by.${value}`),
          }))}
          onChange={(by) => setView({ by: by as IndicatorsView['by'] })}
        />
      )}
      {role !== 'manager' && (
        <MultiSelect
          size="xs"
          miw={200}
          maw={420}
          aria-label={t('indicators.people')}
          placeholder={view.user?.length ? undefined : t('indicators.everybody')}
          clearable
          value={view.user ?? []}
          data={plannable.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(user) => setView({ user: user.length > 0 ? user : undefined })}
        />
      )}
    </Group>
  )
}
