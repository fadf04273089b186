import { Anchor } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Dictionaries } from '#features/clients/web/use-dictionaries.ts'
import { type GapRow, listContactInfoClients } from '#features/reports/contract.ts'
import { badStates } from '#features/reports/quality.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { columnTitle, type ReportView, selectionInput, type SetView } from './report-view.ts'
import { type LoadForPrint, RowsFrame } from './RowsFrame.tsx'
import { SelectionBar } from './SelectionBar.tsx'
import { useCountedPages } from '#web/counted-pages.ts'
import classes from './reports.module.css'

interface RowsViewProps {
  view: ReportView
  columns: string[]
  setView: SetView
  dictionaries: Dictionaries
  loadRef: LoadForPrint
}

/** «Пробелы»: the very clients behind a number, with what each of them lacks. */
export function GapsView({ view, columns, setView, dictionaries, loadRef }: RowsViewProps) {
  const { t, i18n } = useTranslation()
  // Come by «неполные»: they are told by what the company requires, not by the columns chosen here.
  const chosen = view.state ?? (view.required ? undefined : badStates(view))
  const rows = useCountedPages(listContactInfoClients, selectionInput(view, columns, chosen))
  return (
    <>
      <SelectionBar
        view={view}
        columns={columns}
        setView={setView}
        dictionaries={dictionaries}
        chosen={chosen ?? []}
      />
      <RowsFrame
        rows={rows}
        object={view.object}
        label={t('reports.gaps')}
        loadRef={loadRef}
        empty={
          <EmptyState
            icon={<IconCircleCheck size={32} stroke={1.2} />}
            title={t('reports.no-gaps-title')}
            text={t('reports.no-gaps-text')}
          />
        }
      >
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col" className={classes.first}>
                {t(view.object === 'persons' ? 'reports.persons' : 'reports.client')}
              </th>
              <th scope="col" className={classes.owner}>
                {t('reports.owner')}
              </th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {columnTitle(column, i18n.language, t('reports.no-label'))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(rows.rows as GapRow[]).map((row) => (
              <tr key={row.personId ?? row.id}>
                <th scope="row" className={classes.first}>
                  <ClientLink row={row} />
                </th>
                <td className={`${classes.quiet} ${classes.owner}`}>
                  {row.ownerName ?? t('reports.nothing.manager')}
                </td>
                {columns.map((column) => {
                  const state = row.cells[column]
                  return (
                    <td key={column}>
                      {state && (
                        <span className={classes.mark} data-state={state}>
                          {t(`reports.state.${state}`)}
                        </span>
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </RowsFrame>
    </>
  )
}

/** Opens the card; of a person, his client's. */
export function ClientLink({
  row,
}: {
  row: Pick<GapRow, 'id' | 'name' | 'personName' | 'personId' | 'position'>
}) {
  return (
    <>
      <Anchor
        inherit
        renderRoot={(props) => (
          <Link to={'/clients/$id' as never} params={{ id: row.id } as never} {...props} />
        )}
      >
        {row.personName ?? row.name}
      </Anchor>
      {row.personId && (
        <span className={classes.under}>{[row.position, row.name].filter(Boolean).join(' · ')}</span>
      )}
    </>
  )
}
