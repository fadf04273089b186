import { UnstyledButton } from '@mantine/core'
import type { DayFigure, DaySheet } from '#features/day-sheets/contract.ts'
import { formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { type SetView, shownFigures } from './day-view.ts'
import classes from './day-sheets.module.css'

interface FigureProps {
  sheet: DaySheet
  figure: DayFigure
  name: string
  setView: SetView
}

/** A figure that opens its records; of a closed day also what it would be now, where that is another one. */
export function Figure({ sheet, figure, name, setView }: FigureProps) {
  const { t } = useTranslation()
  const shown = shownFigures(sheet)[figure]
  const now = sheet.figures[figure]
  const word = t(`day-sheets.figure.${figure}`)
  return (
    <>
      {shown === 0 && now === 0 ? (
        <span className={classes.zero}>0</span>
      ) : (
        <UnstyledButton
          className={classes.link!}
          aria-label={`${word}: ${formatNumber(shown)}, ${name}`}
          onClick={() => setView({ show: figure, of: sheet.userId }, { keep: true })}
        >
          {formatNumber(shown)}
        </UnstyledButton>
      )}
      {shown !== now && (
        <span className={classes.now}> {t('day-sheets.now', { count: formatNumber(now) })}</span>
      )}
    </>
  )
}
