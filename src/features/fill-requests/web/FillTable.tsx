import { Anchor, Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import type { FillRequest, FillRow } from '#features/fill-requests/contract.ts'
import { columnTitle } from '#features/reports/web/report-view.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { FillCell } from './FillCell.tsx'
import classes from './fill-requests.module.css'

interface FillTableProps {
  request: FillRequest
  rows: readonly FillRow[]
  nameOf: (userId: string) => string
  /** Whether several people's clients are shown. */
  owners: boolean
  more: (() => void) | undefined
  pending: boolean
  onSaved: (row: FillRow) => void
}

/** Rows are clients, columns what was asked for: typed in place, saved cell by cell. */
export function FillTable({ request, rows, nameOf, owners, more, pending, onSaved }: FillTableProps) {
  const { t, i18n } = useTranslation()
  const table = useRef<HTMLTableElement>(null)
  const titleOf = (column: string) => columnTitle(column, i18n.language, t('reports.no-label'))
  /** The next row whose cell of this column can be typed into. */
  const goBelow = (column: string, row: number) => {
    const inputs = table.current?.querySelectorAll<HTMLInputElement>(
      `input[data-column="${CSS.escape(column)}"]`,
    )
    for (const input of inputs ?? []) if (Number(input.dataset.row) > row) return input.focus()
  }
  return (
    <>
      <div className={classes.scroll} role="region" aria-label={t('fill-requests.table')} tabIndex={0}>
        <table className={`${classes.table} ${classes.filling}`} ref={table}>
          <thead>
            <tr>
              <th scope="col" className={classes.first}>
                {t('fill-requests.client')}
              </th>
              {request.columns.map((column) => (
                <th key={column} scope="col">
                  {titleOf(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={row.client.id} data-done={row.done || undefined}>
                <th scope="row" className={classes.first}>
                  <Anchor
                    inherit
                    renderRoot={(props) => (
                      <Link to={'/clients/$id' as never} params={{ id: row.client.id } as never} {...props} />
                    )}
                  >
                    {row.client.name}
                  </Anchor>
                  <span className={classes.under}>
                    {row.done ? <b>{t('fill-requests.whole-done')}</b> : null}
                    {row.done && owners ? ' · ' : null}
                    {owners
                      ? row.client.ownerId
                        ? nameOf(row.client.ownerId)
                        : t('fill-requests.nobody')
                      : null}
                  </span>
                </th>
                {request.columns.map((column) => (
                  <td key={column} data-title={titleOf(column)}>
                    <FillCell
                      request={request}
                      row={row}
                      at={at}
                      column={column}
                      label={t('fill-requests.cell-of', { column: titleOf(column), client: row.client.name })}
                      onSaved={onSaved}
                      onBelow={() => goBelow(column, at)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more && (
        <Button variant="default" mt="sm" loading={pending} onClick={more}>
          {t('fill-requests.show-more')}
        </Button>
      )}
    </>
  )
}
