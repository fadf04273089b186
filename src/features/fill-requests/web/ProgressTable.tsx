import { Progress, UnstyledButton } from '@mantine/core'
import type { FillProgress, FillRequest } from '#features/fill-requests/contract.ts'
import { formatNumber, formatShare } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './fill-requests.module.css'

type Row = FillProgress['people'][number]

interface ProgressTableProps {
  request: FillRequest
  progress: FillProgress
  /** Whose clients, and in which state, are shown below. */
  onOpen: (owner: string | undefined, state: 'left' | 'done' | 'all') => void
}

/** Per manager: how many, how many are filled, left and late; every number opens its clients. */
export function ProgressTable({ request, progress, onOpen }: ProgressTableProps) {
  const { t } = useTranslation()
  const rows: (Omit<Row, 'userId'> & { owner: string | undefined })[] = [
    ...(progress.people.length > 1
      ? [{ ...progress, name: t('fill-requests.total'), owner: undefined }]
      : []),
    ...progress.people.map((one) => ({
      ...one,
      name: one.name ?? t('fill-requests.nobody'),
      owner: one.userId ?? 'none',
    })),
  ]
  return (
    <div className={classes.scroll} role="region" aria-label={t('fill-requests.by-manager')} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('fill-requests.manager')}</th>
            <th scope="col" className={classes.number}>
              {t('fill-requests.all')}
            </th>
            <th scope="col" className={classes.number}>
              {t('fill-requests.done')}
            </th>
            <th scope="col" className={classes.number}>
              {t(request.overdue ? 'fill-requests.late' : 'fill-requests.left')}
            </th>
            <th scope="col" className={classes.bar} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.owner ?? 'total'} data-total={row.owner === undefined || undefined}>
              <th scope="row">{row.name}</th>
              <Figure count={row.clients} onOpen={() => onOpen(row.owner, 'all')} />
              <Figure count={row.done} onOpen={() => onOpen(row.owner, 'done')} />
              <Figure
                count={row.left}
                late={request.overdue && row.left > 0}
                onOpen={() => onOpen(row.owner, 'left')}
              />
              <td className={classes.bar}>
                <Progress
                  value={row.clients ? (row.done / row.clients) * 100 : 0}
                  color={row.left === 0 ? 'green' : 'accent'}
                  aria-label={`${row.name}: ${formatShare(row.clients ? row.done / row.clients : 0)}`}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Figure = ({ count, late = false, onOpen }: { count: number; late?: boolean; onOpen: () => void }) => (
  <td className={classes.number} data-late={late || undefined}>
    {count === 0 ? (
      <span className={classes.quiet}>0</span>
    ) : (
      <UnstyledButton className={classes.link!} onClick={onOpen}>
        {formatNumber(count)}
      </UnstyledButton>
    )}
  </td>
)
