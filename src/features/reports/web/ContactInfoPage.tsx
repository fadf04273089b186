import { Button, Drawer, Group, SegmentedControl } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconAdjustmentsHorizontal, IconDownload, IconPrinter } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import { FilterBar } from '#features/clients/web/FilterBar.tsx'
import { conditionText, filterFields } from '#features/clients/web/filter-words.ts'
import { type Dictionaries, useDictionaries } from '#features/clients/web/use-dictionaries.ts'
import { AskButton } from '#features/fill-requests/web/AskButton.tsx'
import { contactInfoClientsXlsx, contactInfoValuesXlsx, contactInfoXlsx } from '#features/reports/contract.ts'
import { badStates } from '#features/reports/quality.ts'
import { ViewsMenu } from '#features/views/web/ViewsMenu.tsx'
import { takeAway } from '#features/taking/web/take-away.ts'
import { copyGuard } from '#web/copy-guard.ts'
import { download } from '#web/download.ts'
import { formatDateTime } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Page } from '#web/layout/Page.tsx'
import { useMe } from '#web/session.ts'
import { useUrlState } from '#web/url-state.ts'
import { GapsView } from './GapsView.tsx'
import { columnsOf, columnTitle, ReportView, scopeInput, selectionInput } from './report-view.ts'
import { SettingsPanel } from './SettingsPanel.tsx'
import { SharesView } from './SharesView.tsx'
import { ValuesView } from './ValuesView.tsx'
import classes from './reports.module.css'

const tabs = ['shares', 'values', 'gaps'] as const

/** «Отчет о контактной информации»: who keeps the base how well, the contacts themselves, and whom to ask for what is missing. */
export function ContactInfoPage() {
  const { t } = useTranslation()
  const me = useMe()
  const [view, setView] = useUrlState(ReportView)
  const dictionaries = useDictionaries()
  const columns = useMemo(() => columnsOf(view, me.company.requiredKinds), [view, me.company.requiredKinds])
  const beside = useMediaQuery('(min-width: 1100px)', undefined, { getInitialValueInEffect: false })
  const [opened, settings] = useDisclosure(false)
  const panel = <SettingsPanel view={view} columns={columns} setView={setView} dictionaries={dictionaries} />
  const loadRef = useRef<(() => Promise<number>) | null>(null)
  const print = async () => {
    const rows = await loadRef.current?.()
    if (rows && !(await copyGuard().allow('print', rows, columns))) return
    // The rows that just came are drawn first.
    setTimeout(() => window.print(), 50)
  }
  const props = { view, columns, setView, dictionaries, loadRef }
  return (
    <Page
      title={t('reports.title')}
      actions={
        <Group gap="xs">
          <ViewsMenu
            screen="contact-info"
            label={t('reports.presets')}
            definition={() => view}
            onOpen={({ definition }) => setView({ ...cleared, ...definition })}
          />
          <Button
            variant="default"
            leftSection={<IconPrinter size={16} stroke={1.6} />}
            onClick={() => void print()}
          >
            {t('reports.print')}
          </Button>
          <XlsxButton view={view} columns={columns} />
          <Ask view={view} columns={columns} />
        </Group>
      }
      toolbar={
        <Group gap="sm" w="100%">
          <SegmentedControl
            size="xs"
            value={view.view}
            data={tabs.map((value) => ({ value, label: t(`reports.${value}`) }))}
            onChange={(chosen) => setView({ view: chosen as ReportView['view'] }, { keep: true })}
          />
          {!beside && (
            <Button
              variant="default"
              size="compact-md"
              fw={400}
              leftSection={<IconAdjustmentsHorizontal size={15} />}
              onClick={settings.open}
            >
              {t('reports.settings')}
            </Button>
          )}
          <FilterBar
            conditions={view.where ?? []}
            dictionaries={dictionaries}
            onChange={(where) => setView({ where: where.length > 0 ? where : undefined })}
          />
        </Group>
      }
    >
      <PrintedHead view={view} dictionaries={dictionaries} />
      <div className={classes.layout}>
        {beside && (
          <aside className={`${classes.settings} no-print`} aria-label={t('reports.settings')}>
            {panel}
          </aside>
        )}
        <div className={classes.content}>
          {columns.length === 0 ? (
            <EmptyState title={t('reports.no-kinds')} />
          ) : view.view === 'shares' ? (
            <SharesView {...props} />
          ) : view.view === 'values' ? (
            <ValuesView {...props} />
          ) : (
            <GapsView {...props} />
          )}
        </div>
      </div>
      <Drawer
        opened={opened && !beside}
        onClose={settings.close}
        title={t('reports.settings')}
        size={320}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
      >
        {panel}
      </Drawer>
    </Page>
  )
}

/** From the place one stands at: the group, the column and the states chosen there. */
function Ask({ view, columns }: { view: ReportView; columns: string[] }) {
  const { t, i18n } = useTranslation()
  if (view.object !== 'clients' || columns.length === 0) return null
  // The shares show everybody, whatever place a list was narrowed to before.
  const place =
    view.view === 'shares' ? { ...view, group: undefined, kind: undefined, state: undefined } : view
  const asked = place.kind && columns.includes(place.kind) ? [place.kind] : columns
  const bad = badStates(view)
  const chosen = place.state?.filter((state) => bad.includes(state)) ?? []
  return (
    <AskButton
      selection={selectionInput(place, columns, chosen.length > 0 ? chosen : bad)}
      what={asked.map((column) => columnTitle(column, i18n.language, t('reports.no-label'))).join(', ')}
    />
  )
}

/** On paper: when, of whom, by what measure and filter. */
function PrintedHead({ view, dictionaries }: { view: ReportView; dictionaries: Dictionaries }) {
  const { t, i18n } = useTranslation()
  const [openedAt] = useState(() => new Date().toISOString())
  const fields = filterFields(dictionaries, i18n.language)
  const parts = [
    t('reports.print-when', { when: formatDateTime(openedAt) }),
    t(`reports.${view.object}`),
    t(`reports.quality-${view.quality}`),
    ...(view.quality === 'checked' ? [`${t('reports.months')}: ${view.months ?? 12}`] : []),
    ...(view.where ?? []).map((condition) => conditionText(condition, fields)),
  ]
  return <p className={classes.printWhen}>{parts.join(' · ')}</p>
}

/** A preset replaces everything, also what it does not name. */
const cleared = Object.fromEntries(Object.keys(ReportView.shape).map((key) => [key, undefined]))

/** The view as a workbook; lists and values leave the base only with the right of export. */
function XlsxButton({ view, columns }: { view: ReportView; columns: string[] }) {
  const { t, i18n } = useTranslation()
  const { role, mayExport } = useMe()
  if (columns.length === 0 || (view.view !== 'shares' && role !== 'head' && !mayExport)) return null
  const language = i18n.language
  const save = () => {
    if (view.view === 'shares')
      return download(contactInfoXlsx, { ...scopeInput(view, columns), sort: view.sort, language })
    if (view.view === 'values')
      return download(contactInfoValuesXlsx, { ...selectionInput(view, columns, undefined), language })
    const states = view.state ?? (view.required ? undefined : badStates(view))
    return download(contactInfoClientsXlsx, { ...selectionInput(view, columns, states), language })
  }
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} stroke={1.6} />}
      onClick={() => void takeAway(save)}
    >
      {t('reports.xlsx')}
    </Button>
  )
}
