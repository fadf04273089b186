import { Button, Group, MultiSelect, UnstyledButton } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import table from '#features/reports/web/reports.module.css'
import { listTakings, type Taking } from '#features/taking/contract.ts'
import { Road, roads } from '#shared/roads.ts'
import { call, keyOf } from '#web/api.ts'
import { formatDateTime, formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { ErrorState } from '#web/layout/ErrorState.tsx'
import { scopeOf, type SetView, type TakingView } from './taking-view.ts'
import classes from './taking.module.css'

/** Everything that left, the latest first. */
export function FilesTab({ view, setView }: { view: TakingView; setView: SetView }) {
  const { t } = useTranslation()
  const scope = { ...scopeOf(view), ...(view.road?.length && { road: view.road }) }
  const pages = useInfiniteQuery({
    queryKey: [keyOf(listTakings), 'pages', scope] as const,
    queryFn: ({ pageParam, signal }) =>
      call(listTakings, { ...scope, ...(pageParam && { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className={table.shares}>
      <Group gap="xs" className="no-print">
        <MultiSelect
          size="xs"
          miw={220}
          maw={480}
          aria-label={t('taking.road')}
          placeholder={view.road?.length ? undefined : t('taking.all-roads')}
          clearable
          value={view.road ?? []}
          data={roads.map((value) => ({ value, label: t(`taking.roads.${value}`) }))}
          onChange={(chosen) =>
            setView({ road: chosen.length > 0 ? chosen.map((road) => Road.parse(road)) : undefined })
          }
        />
      </Group>
      {pages.isError && rows.length === 0 ? (
        <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
      ) : pages.isSuccess && rows.length === 0 ? (
        <EmptyState title={t('taking.nothing-title')} text={t('taking.nothing-text')} />
      ) : (
        <Rows rows={rows} setView={setView} />
      )}
      {pages.hasNextPage && (
        <Button
          variant="default"
          className={classes.more!}
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('taking.more')}
        </Button>
      )}
    </div>
  )
}

function Rows({ rows, setView }: { rows: readonly Taking[]; setView: SetView }) {
  const { t } = useTranslation()
  return (
    <div className={table.scroll} role="region" aria-label={t('taking.tab-files')} tabIndex={0}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('taking.when')}</th>
            <th scope="col">{t('taking.person')}</th>
            <th scope="col">{t('taking.what')}</th>
            <th scope="col" className={table.number}>
              {t('taking.rows')}
            </th>
            <th scope="col">{t('taking.where')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <UnstyledButton
                  className={table.link!}
                  onClick={() => setView({ show: row.id }, { keep: true })}
                >
                  {formatDateTime(row.at)}
                </UnstyledButton>
              </th>
              <td>{row.userName}</td>
              <td className={classes.wrap}>
                {t(`taking.roads.${row.road}`)}
                {row.fileName && <span className={classes.quiet}> · {row.fileName}</span>}
              </td>
              <td className={table.number}>
                {formatNumber(row.rows)}
                {!row.counted && <span className={classes.note}>{t('taking.not-counted')}</span>}
              </td>
              <td className={classes.quiet}>{row.address ?? '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
