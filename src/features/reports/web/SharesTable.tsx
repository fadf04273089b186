import { ActionIcon, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { type ContactInfo, type ReportGroup, type State, states } from '#features/reports/contract.ts'
import { badStates, goodStates, shareOf } from '#features/reports/quality.ts'
import { formatNumber, formatShare } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { columnTitle, type ReportView, type SetView } from './report-view.ts'
import { StateBar, useCellText } from './StateBar.tsx'
import classes from './reports.module.css'

interface SharesTableProps {
  report: ContactInfo
  view: ReportView
  columns: string[]
  setView: SetView
}

type Figures = Pick<ReportGroup, 'clients' | 'cells'>

/** Groups by columns; every number opens the very clients behind it. */
export function SharesTable({ report, view, columns, setView }: SharesTableProps) {
  const { t, i18n } = useTranslation()
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const toggle = (path: string) => {
    const next = new Set(opened)
    if (!next.delete(path)) next.add(path)
    setOpened(next)
  }
  const span = view.figures ? states.length + 1 : 1
  return (
    <div className={classes.scroll} role="region" aria-label={t('reports.shares')} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col" className={classes.first} rowSpan={view.figures ? 2 : 1}>
              {t('reports.group')}
            </th>
            <th scope="col" className={classes.number} rowSpan={view.figures ? 2 : 1}>
              {t(`reports.${view.object}`)}
            </th>
            {columns.map((column) => (
              <th
                key={column}
                scope="colgroup"
                colSpan={span}
                className={view.figures ? classes.framed : undefined}
              >
                {columnTitle(column, i18n.language, t('reports.no-label'))}
              </th>
            ))}
          </tr>
          {view.figures && (
            <tr>
              {columns.map((column) => [
                <th key={column} scope="col" className={`${classes.number} ${classes.framed}`}>
                  {t('reports.share')}
                </th>,
                ...states.map((state) => (
                  <th key={column + state} scope="col" className={classes.number}>
                    {t(`reports.state.${state}`)}
                  </th>
                )),
              ])}
            </tr>
          )}
        </thead>
        <tbody>
          <tr className={classes.totalRow}>
            <th scope="row" className={classes.first}>
              {t('reports.total')}
            </th>
            <FigureCells figures={report.total} path={[]} view={view} columns={columns} setView={setView} />
          </tr>
          {rowsOf(report.groups, opened).map(({ group, path, depth }) => {
            const id = JSON.stringify(path)
            const isOpen = opened.has(id)
            return (
              <tr key={id} data-depth={depth}>
                <th scope="row" className={classes.first}>
                  <span
                    className={classes.groupName}
                    style={{ paddingInlineStart: depth * 18 + (group.groups || depth === 0 ? 0 : 24) }}
                  >
                    {group.groups ? (
                      <ActionIcon
                        size={20}
                        variant="subtle"
                        color="gray"
                        aria-expanded={isOpen}
                        aria-label={t(isOpen ? 'reports.close' : 'reports.open', { group: group.label })}
                        onClick={() => toggle(id)}
                      >
                        {isOpen ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
                      </ActionIcon>
                    ) : null}
                    <span>{group.label}</span>
                  </span>
                </th>
                <FigureCells figures={group} path={path} view={view} columns={columns} setView={setView} />
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** The rows of the tree that are open. */
function rowsOf(groups: readonly ReportGroup[], opened: ReadonlySet<string>, above: string[] = []) {
  const rows: { group: ReportGroup; path: string[]; depth: number }[] = []
  for (const group of groups) {
    const path = [...above, group.key]
    rows.push({ group, path, depth: above.length })
    if (group.groups && opened.has(JSON.stringify(path))) rows.push(...rowsOf(group.groups, opened, path))
  }
  return rows
}

interface FigureCellsProps {
  figures: Figures
  path: string[]
  view: ReportView
  columns: string[]
  setView: SetView
}

function FigureCells({ figures, path, view, columns, setView }: FigureCellsProps) {
  const cellText = useCellText()
  const good = goodStates(view)
  const bad = badStates(view)
  const show = (kind: string | undefined, state: readonly State[] | undefined) =>
    setView(
      { view: state ? 'gaps' : 'values', group: path, kind, state: state && [...state] },
      { keep: true },
    )
  const linked = (count: number, kind: string, state: readonly State[]) =>
    count === 0 ? (
      <span className={classes.zero}>0</span>
    ) : (
      <UnstyledButton className={classes.link!} onClick={() => show(kind, state)}>
        {formatNumber(count)}
      </UnstyledButton>
    )
  return (
    <>
      <td className={classes.number}>
        <UnstyledButton className={classes.link!} onClick={() => show(undefined, undefined)}>
          {formatNumber(figures.clients)}
        </UnstyledButton>
      </td>
      {columns.map((column) => {
        const cell = figures.cells[column]
        if (!cell) return <td key={column} />
        const share = formatShare(shareOf(figures, [column], good))
        const lacking = bad.reduce((sum, state) => sum + cell[state], 0)
        if (view.figures) {
          return [
            <td key={column} className={`${classes.number} ${classes.framed}`}>
              {share}
            </td>,
            ...states.map((state) => (
              <td
                key={column + state}
                className={classes.number}
                data-bad={(bad.includes(state) && cell[state] > 0) || undefined}
              >
                {linked(cell[state], column, [state])}
              </td>
            )),
          ]
        }
        return (
          <td key={column}>
            <UnstyledButton
              className={classes.cell!}
              title={cellText(cell)}
              onClick={() => show(column, lacking > 0 ? bad : good)}
            >
              <span className={classes.cellText}>
                <b>{share}</b>
                {lacking > 0 && <span className={classes.lacking}>−{formatNumber(lacking)}</span>}
              </span>
              <StateBar cell={cell} clients={figures.clients} />
              <VisuallyHidden>{cellText(cell)}</VisuallyHidden>
            </UnstyledButton>
          </td>
        )
      })}
    </>
  )
}
