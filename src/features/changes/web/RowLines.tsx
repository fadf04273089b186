import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import type { ChangedRow } from '#features/changes/contract.ts'
import { getClient } from '#features/clients/contract.ts'
import { useDictionaries } from '#features/clients/web/use-dictionaries.ts'
import { query } from '#web/api.ts'
import classes from './journal.module.css'
import { type ChangeWords, type Said, type SaidField, type SaidRow, sayRow } from './say-row.ts'

export type TellableRow = Pick<ChangedRow, 'entity' | 'rowId' | 'op' | 'label' | 'before' | 'after'>

/** Names and titles in the person's language, for `sayRow`. */
export function useChangeWords(): ChangeWords {
  const { i18n } = useTranslation()
  const { nameOfUser, customFields } = useDictionaries()
  return { language: i18n.language, nameOfUser, customFields }
}

interface RowLinesProps {
  row: TellableRow
  /** What stands at the end of a line: of one field, or of the row as a whole. */
  action?: (said: SaidRow, field?: SaidField) => ReactNode
}

/** A changed row: what became of it, and each field before → after. Nothing where no person would see a change. */
export function RowLines({ row, action }: RowLinesProps) {
  const said = sayRow(row, useChangeWords())
  if (!said.whole && said.fields.length === 0) return null
  return (
    <div className={classes.changed}>
      {said.headline && (
        <div className={classes.line}>
          <span className={classes.headline}>{said.headline}</span>
          {said.whole && action?.(said)}
        </div>
      )}
      {said.fields.map((field) => (
        <div key={field.title} className={classes.line}>
          <span className={classes.field}>
            <span className={classes.quiet}>{field.title}: </span>
            <del className={classes.was}>
              <SaidValue said={field.before} />
            </del>
            <span className={classes.arrow} aria-hidden>
              {' → '}
            </span>
            <ins className={classes.is}>
              <SaidValue said={field.after} />
            </ins>
          </span>
          {action?.(said, field)}
        </div>
      ))}
    </div>
  )
}

function SaidValue({ said }: { said: Said }) {
  const { t } = useTranslation()
  if (said === null) return <span className={classes.quiet}>{t('clients.blank')}</span>
  return typeof said === 'string' ? said : <ClientName id={said.clientId} />
}

function ClientName({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data } = useQuery(query(getClient, { id }))
  return data?.name ?? t('changes.other-client')
}
