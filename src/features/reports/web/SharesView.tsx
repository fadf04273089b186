import { Switch } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import { getContactInfo } from '#features/reports/contract.ts'
import { query } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { ManagersChart } from './ManagersChart.tsx'
import { type ReportView, scopeInput, type SetView } from './report-view.ts'
import { SharesTable } from './SharesTable.tsx'
import { Legend } from './StateBar.tsx'
import classes from './reports.module.css'

interface SharesViewProps {
  view: ReportView
  columns: string[]
  setView: SetView
}

/** «Доли»: the matrix of groups by kinds, and the managers side by side. */
export function SharesView({ view, columns, setView }: SharesViewProps) {
  const { t } = useTranslation()
  const report = useQuery({
    ...query(getContactInfo, { ...scopeInput(view, columns), sort: view.sort }),
    placeholderData: keepPreviousData,
  })
  return (
    <Loaded of={report} meanwhile={10}>
      {(shown) =>
        shown.total.clients === 0 ? (
          <NothingToCount narrowed={Boolean(view.where?.length)} />
        ) : (
          <div data-outdated={report.isPlaceholderData || undefined} className={classes.shares}>
            <div className={classes.legendRow}>
              <Legend months={view.quality === 'checked'} />
              <Switch
                className="no-print"
                label={t('reports.figures')}
                checked={view.figures}
                onChange={({ currentTarget }) => setView({ figures: currentTarget.checked || undefined })}
              />
            </div>
            <SharesTable report={shown} view={view} columns={columns} setView={setView} />
            {view.by.includes('category') && <p className={classes.hint}>{t('reports.category-hint')}</p>}
            <ManagersChart view={view} columns={columns} setView={setView} />
          </div>
        )
      }
    </Loaded>
  )
}

export function NothingToCount({ narrowed }: { narrowed: boolean }) {
  const { t } = useTranslation()
  const kind = narrowed ? 'empty-found' : 'empty'
  return (
    <EmptyState
      icon={<IconChartBar size={32} stroke={1.2} />}
      title={t(`reports.${kind}-title`)}
      text={t(`reports.${kind}-text`)}
    >
      {!narrowed && (
        <Button renderRoot={(props) => <Link to="/imports" {...props} />}>{t('reports.import')}</Button>
      )}
    </EmptyState>
  )
}
