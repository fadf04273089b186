import { UnstyledButton } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type PersonTaking, summarizeTakings } from '#features/taking/contract.ts'
import figures from '#features/indicators/web/indicators.module.css'
import table from '#features/reports/web/reports.module.css'
import { query } from '#web/api.ts'
import { formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { ReadingChart } from './ReadingChart.tsx'
import { scopeOf, type SetView, type TakingView } from './taking-view.ts'
import classes from './taking.module.css'

/** A line a person: what he took, what he read, and whether that is usual for him. */
export function PeopleTab({ view, setView }: { view: TakingView; setView: SetView }) {
  const { t } = useTranslation()
  const found = useQuery({ ...query(summarizeTakings, scopeOf(view)), placeholderData: keepPreviousData })
  return (
    <Loaded of={found} meanwhile={10}>
      {({ people }) =>
        people.length === 0 ? (
          <EmptyState title={t('taking.nobody-title')} text={t('taking.nobody-text')} />
        ) : (
          <div className={table.shares} data-outdated={found.isPlaceholderData || undefined}>
            <ReadingChart view={view} setView={setView} people={people} />
            <div className={table.scroll} role="region" aria-label={t('taking.title')} tabIndex={0}>
              <table className={table.table}>
                <Head />
                <tbody>
                  {people.map((person) => (
                    <Person key={person.userId} person={person} view={view} setView={setView} />
                  ))}
                </tbody>
              </table>
            </div>
          </div>
        )
      }
    </Loaded>
  )
}

function Head() {
  const { t } = useTranslation()
  const heads = ['files', 'taken', 'quota', 'read', 'usual', 'cards', 'copied', 'attachments'] as const
  return (
    <thead>
      <tr>
        <th scope="col" className={table.first}>
          {t('taking.person')}
        </th>
        {heads.map((head) => (
          <th key={head} scope="col" className={`${table.number} ${figures.wrapped}`}>
            {t(`taking.${head}`)}
          </th>
        ))}
      </tr>
    </thead>
  )
}

function Person({ person, view, setView }: { person: PersonTaking; view: TakingView; setView: SetView }) {
  const { t } = useTranslation()
  const { userId, name, files, taken, quota, quotaTaken, read, cards, copied, attachments } = person
  const isDrawn = view.of === userId
  const plain = (value: number) => (
    <td className={table.number}>
      <span className={value === 0 ? table.zero : ''}>{formatNumber(value)}</span>
    </td>
  )
  return (
    <tr>
      <th scope="row" className={table.first}>
        <UnstyledButton
          className={table.link!}
          aria-pressed={isDrawn}
          onClick={() => setView({ of: isDrawn ? undefined : userId, day: undefined })}
        >
          {name}
        </UnstyledButton>
      </th>
      <td className={table.number}>
        {files === 0 ? (
          <span className={table.zero}>0</span>
        ) : (
          <UnstyledButton
            className={table.link!}
            aria-label={t('taking.shown', { name, number: formatNumber(files) })}
            onClick={() => setView({ tab: 'files', user: [userId] }, { keep: true })}
          >
            {formatNumber(files)}
          </UnstyledButton>
        )}
      </td>
      {plain(taken)}
      <td className={table.number}>
        {quota === null ? (
          <span className={table.zero}>{t('taking.no-quota')}</span>
        ) : (
          <span className={classes.quota} data-full={quotaTaken >= quota || undefined}>
            {t('taking.quota-of', { taken: formatNumber(quotaTaken), quota: formatNumber(quota) })}
          </span>
        )}
      </td>
      {plain(read)}
      <Usual person={person} />
      {plain(cards)}
      {plain(copied)}
      {plain(attachments)}
    </tr>
  )
}

/** Rows a day against what is usual for the person. */
function Usual({ person: { days, read, usual } }: { person: PersonTaking }) {
  const { t } = useTranslation()
  const aDay = days === 0 ? 0 : read / days
  const isMuch = usual > 0 && aDay > 3 * usual
  return (
    <td className={table.number} title={isMuch ? t('taking.much-more') : undefined}>
      <span className={isMuch ? classes.much : aDay === 0 ? table.zero : ''}>{formatNumber(aDay, 0)}</span>
      <span className={figures.difference}>
        {usual > 0 ? t('taking.usual-of', { usual: formatNumber(usual, 0) }) : t('taking.usual-none')}
      </span>
    </td>
  )
}
