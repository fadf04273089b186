import { z } from 'zod'
import { contactKindTitles } from '#features/clients/fields.ts'
import { Condition } from '#features/clients/filter.ts'
import { Dimension, Quality, ReportColumn, ReportSort, State } from '#features/reports/contract.ts'
import { monthsOf } from '#features/reports/quality.ts'
import type { ContactKind } from '#shared/verdict.ts'
import type { Language } from '#web/i18n/language.ts'

/** The whole screen in its address; what is not there is as usual. */
export const ReportView = z.object({
  view: z.enum(['shares', 'values', 'gaps']).catch('shares'),
  object: z.enum(['clients', 'persons']).catch('clients'),
  kinds: z.array(ReportColumn).optional().catch(undefined),
  persons: z.boolean().catch(true),
  quality: Quality.catch('valid'),
  months: z.number().int().min(1).max(600).optional().catch(undefined),
  by: z.array(Dimension).max(3).catch(['manager']),
  sort: ReportSort.catch('worst'),
  where: z.array(Condition).optional().catch(undefined),
  /** Of values and gaps: a group by its keys, a column, states. */
  group: z.array(z.string()).optional().catch(undefined),
  kind: ReportColumn.optional().catch(undefined),
  state: z.array(State).optional().catch(undefined),
  required: z.enum(['complete', 'incomplete']).optional().catch(undefined),
  figures: z.boolean().catch(false),
})
export type ReportView = z.output<typeof ReportView>
export type SetView = (changed: Partial<z.input<typeof ReportView>>, options?: { keep?: boolean }) => void

/** Columns in force: those chosen, else what the company requires of every client. */
export const columnsOf = (view: ReportView, required: readonly string[]): string[] =>
  view.kinds ?? (required.length > 0 ? [...required] : ['phone', 'email'])

/** What is asked of the server. Lists whose items may hold commas go as JSON. */
export const scopeInput = (view: ReportView, columns: readonly string[]) => ({
  object: view.object,
  kinds: JSON.stringify(columns),
  groupBy: view.by,
  quality: view.quality,
  ...(view.persons ? {} : { persons: false }),
  ...(view.quality === 'checked' && {
    checkedMonths: monthsOf({ quality: 'checked', checkedMonths: view.months })!,
  }),
  ...(view.where?.length ? { where: view.where } : {}),
  ...(view.required && { required: view.required }),
})

export const selectionInput = (
  view: ReportView,
  columns: readonly string[],
  state: readonly State[] | undefined,
) => ({
  ...scopeInput(view, columns),
  ...(view.group?.length ? { group: JSON.stringify(view.group) } : {}),
  ...(state && { state: [...state] }),
  ...(state && view.kind && columns.includes(view.kind) ? { kind: view.kind } : {}),
})

/** «Телефон», «Телефон: мобильный». */
export function columnTitle(column: string, language: Language, noLabel: string): string {
  const colon = column.indexOf(':')
  const kind = contactKindTitles[(colon < 0 ? column : column.slice(0, colon)) as ContactKind][language]
  return colon < 0 ? kind : `${kind}: ${column.slice(colon + 1) || noLabel}`
}
