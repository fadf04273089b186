import { t } from '#web/i18n/translation.ts'
import type { Client } from '#features/clients/contract.ts'
import { clientFields, customField, type CellContext, type ClientField } from '#features/clients/fields.ts'
import type { SnapshotClient } from '#features/snapshots/contract.ts'
import type { Column } from '#web/grid/columns.ts'
import { differingFields } from './compare.ts'

/** The columns of the base over a client as it was: a cell that has changed since is marked and says both, before → now. */
export function snapshotColumns(
  ofBase: readonly Column<Client>[],
  customFields: readonly { key: string; title: string }[],
  context: CellContext,
): Column<SnapshotClient>[] {
  const fields = [...clientFields, ...customFields.map(customField)]
  const differs = differences(fields, context)
  const columns = ofBase.map(
    ({ edit: _edit, sort: _sort, verdict: _verdict, ...column }): Column<SnapshotClient> => ({
      ...column,
      text: (row) => {
        const shown = row.was ?? row.now
        if (!shown) return ''
        if (!differs(row).has(column.id)) return column.text(shown)
        return `${column.text(row.was!) || blank()} → ${column.text(row.now!) || blank()}`
      },
      mark: (row) => differs(row).has(column.id),
    }),
  )
  const [name, ...rest] = columns
  return [name!, whatChanged(fields, differs, context), ...rest]
}

const blank = () => t('snapshots.blank')

/** Ids of the fields that differ, worked out once a row. */
function differences(fields: readonly ClientField[], context: CellContext) {
  const known = new WeakMap<SnapshotClient, Set<string>>()
  return (row: SnapshotClient): Set<string> => {
    let found = known.get(row)
    if (!found) {
      const both = row.change === 'changed' && row.was && row.now
      found = new Set(both ? differingFields(row.was!, row.now!, fields, context).map(({ id }) => id) : [])
      known.set(row, found)
    }
    return found
  }
}

const whatChanged = (
  fields: readonly ClientField[],
  differs: (row: SnapshotClient) => Set<string>,
  { language }: CellContext,
): Column<SnapshotClient> => ({
  id: 'what-changed',
  title: t('snapshots.what-changed'),
  width: 190,
  onPhone: true,
  mark: (row) => row.change !== 'same',
  text: (row) => {
    if (row.change === 'gone') return t('snapshots.in-archive')
    if (row.change === 'appeared') return t(row.was ? 'snapshots.was-in-archive' : 'snapshots.not-there')
    if (row.change === 'same') return ''
    const ids = differs(row)
    const titles = fields.filter(({ id }) => ids.has(id)).map(({ title }) => title[language])
    if (JSON.stringify(row.was?.accounts) !== JSON.stringify(row.now?.accounts))
      titles.push(t('clients.card.accounts'))
    // Notes, labels, marks of contacts and people: the card shows them.
    return titles.length > 0 ? titles.join(', ') : t('snapshots.small-things')
  },
})
