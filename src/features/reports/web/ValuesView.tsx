import { ActionIcon } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { contactText } from '#features/clients/fields.ts'
import type { Dictionaries } from '#features/clients/web/use-dictionaries.ts'
import {
  copyContactInfoValues,
  listContactInfoValues,
  type ShownValue,
  type ValueRow,
} from '#features/reports/contract.ts'
import { takeAway } from '#features/taking/web/take-away.ts'
import type { ContactKind } from '#shared/verdict.ts'
import { call } from '#web/api.ts'
import { copyText } from '#web/copy.ts'
import { formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { notifyDone } from '#web/layout/notify.tsx'
import { useMe } from '#web/session.ts'
import { ClientLink } from './GapsView.tsx'
import { columnTitle, type ReportView, selectionInput, type SetView } from './report-view.ts'
import { type LoadForPrint, RowsFrame } from './RowsFrame.tsx'
import { SelectionBar } from './SelectionBar.tsx'
import { NothingToCount } from './SharesView.tsx'
import { useCountedPages } from '#web/counted-pages.ts'
import classes from './reports.module.css'

interface ValuesViewProps {
  view: ReportView
  columns: string[]
  setView: SetView
  dictionaries: Dictionaries
  loadRef: LoadForPrint
}

/** «Значения»: clients and their people by kinds and labels, the contacts themselves in the cells. */
export function ValuesView({ view, columns, setView, dictionaries, loadRef }: ValuesViewProps) {
  const { t, i18n } = useTranslation()
  const { role, mayExport } = useMe()
  const selection = selectionInput(view, columns, undefined)
  const rows = useCountedPages(listContactInfoValues, selection)
  const titleOf = (column: string) => columnTitle(column, i18n.language, t('reports.no-label'))
  return (
    <>
      <SelectionBar view={view} columns={columns} setView={setView} dictionaries={dictionaries} />
      <RowsFrame
        rows={rows}
        object={view.object}
        label={t('reports.values')}
        loadRef={loadRef}
        empty={<NothingToCount narrowed={Boolean(view.where?.length || view.group?.length)} />}
      >
        <table className={`${classes.table} ${classes.values}`}>
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
                  <span className={classes.columnHead}>
                    {titleOf(column)}
                    {(role === 'head' || mayExport) && (
                      <CopyColumn column={column} title={titleOf(column)} selection={selection} />
                    )}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(rows.rows as ValueRow[]).map((row) => (
              <tr
                key={row.personId ?? row.id}
                data-person={(view.object === 'clients' && row.personId !== null) || undefined}
              >
                <th scope="row" className={classes.first}>
                  {view.object === 'clients' && row.personId ? (
                    <span className={classes.personName}>
                      {row.personName}
                      {row.position && <span className={classes.quiet}> · {row.position}</span>}
                    </span>
                  ) : (
                    <ClientLink row={row} />
                  )}
                </th>
                <td className={`${classes.quiet} ${classes.owner}`}>
                  {view.object === 'clients' && row.personId
                    ? ''
                    : (row.ownerName ?? t('reports.nothing.manager'))}
                </td>
                {columns.map((column) => (
                  <td key={column}>
                    {row.cells[column]?.map((shown, at) => (
                      <Value key={at} kind={column.split(':', 1)[0] as ContactKind} shown={shown} />
                    ))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </RowsFrame>
    </>
  )
}

function Value({ kind, shown }: { kind: ContactKind; shown: ShownValue }) {
  const { t } = useTranslation()
  const suspect = shown.verdict === 'doubtful' || shown.verdict === 'junk' ? shown.verdict : undefined
  return (
    <div
      className={classes.value}
      data-state={suspect}
      title={suspect ? t(`reports.state.${suspect}`) : shown.value}
    >
      {contactText({ kind, ...shown })}
      {(shown.label || shown.note) && (
        <span className={classes.note}> {[shown.label, shown.note].filter(Boolean).join(', ')}</span>
      )}
    </div>
  )
}

interface CopyColumnProps {
  column: string
  title: string
  selection: ReturnType<typeof selectionInput>
}

/** Every value of the column once, one a line, for a letter or a call list. */
function CopyColumn({ column, title, selection }: CopyColumnProps) {
  const { t } = useTranslation()
  const work = async () => {
    const { values, count } = await call(copyContactInfoValues, { ...selection, kind: column })
    await copyText(values.join('\n'))
    notifyDone(t('reports.copied', { count, number: formatNumber(count) }))
  }
  const copy = useMutation({ mutationFn: () => takeAway(work) })
  const label = t('reports.copy-all', { column: title })
  return (
    <ActionIcon
      className="no-print"
      size={20}
      loading={copy.isPending}
      aria-label={label}
      title={label}
      onClick={() => copy.mutate()}
    >
      <IconCopy size={14} stroke={1.6} />
    </ActionIcon>
  )
}
