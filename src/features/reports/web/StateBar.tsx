import { states, type State } from '#features/reports/contract.ts'
import { formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './reports.module.css'

/** Five states of one cell as a bar: widths are shares, the words are in its title. */
export function StateBar({ cell, clients }: { cell: Record<State, number>; clients: number }) {
  return (
    <span className={classes.bar} aria-hidden>
      {states.map((state) => (
        <span
          key={state}
          data-state={state}
          style={{ width: `${clients ? (cell[state] / clients) * 100 : 0}%` }}
        />
      ))}
    </span>
  )
}

/** «верно 12 · нет 3»: what the bar shows, in words. */
export function useCellText() {
  const { t } = useTranslation()
  return (cell: Record<State, number>) =>
    states
      .filter((state) => cell[state] > 0)
      .map((state) => `${t(`reports.state.${state}`)} ${formatNumber(cell[state])}`)
      .join(' · ')
}

/** What the colours mean. */
export function Legend({ months }: { months: boolean }) {
  const { t } = useTranslation()
  return (
    <ul className={classes.legend}>
      {states
        .filter((state) => months || state !== 'stale')
        .map((state) => (
          <li key={state}>
            <span className={classes.dot} data-state={state} aria-hidden />
            {t(`reports.state.${state}`)}
          </li>
        ))}
    </ul>
  )
}
