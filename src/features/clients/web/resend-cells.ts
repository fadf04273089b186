import { editCells } from '#features/clients/cells-contract.ts'
import { call } from '#web/api.ts'
import { t } from '#web/i18n/translation.ts'
import { notifyProblem } from '#web/layout/notify.tsx'
import { ApiProblem } from '#web/problem.ts'
import { askWhose } from './ask-whose.tsx'
import type { CellEdits } from './waiting-clients.ts'

/** Sends cells that a page now gone has left waiting: those others changed meanwhile are asked client by client, refused ones are told. */
export async function resendCells(input: CellEdits): Promise<void> {
  const { cells, created, clients } = await call(editCells, input as never)
  const lost = created.flatMap(({ id, message }) => (id === null && message ? [message] : []))
  const refused = cells.flatMap(({ outcome, message }) => (outcome === 'refused' && message ? [message] : []))
  if (refused.length + lost.length > 0)
    notifyProblem(new ApiProblem(422, { title: [...new Set([...lost, ...refused])].slice(0, 5).join(' ') }))
  const conflicts = input.edits.flatMap((edit, at) => {
    const cell = cells[at]
    return cell?.outcome === 'conflict'
      ? [{ ...edit, current: cell.current ?? '', before: cell.before ?? null }]
      : []
  })
  const again: CellEdits['edits'][number][] = []
  for (const [id, asked] of Map.groupBy(conflicts, (conflict) => conflict.id)) {
    const of = (key: 'current' | 'text' | 'before') =>
      Object.fromEntries(asked.map((conflict) => [conflict.field, conflict[key]]))
    const now = clients.find((client) => client.id === id)
    const choices = await askWhose(
      { version: now?.version ?? 0, current: of('current'), yours: of('text'), before: of('before') },
      now?.name ?? t('clients.conflict-title'),
    )
    for (const { field, text, before, version } of asked) {
      const wanted =
        choices[field] === 'mine' ? text : choices[field] === 'before' ? (before ?? '') : undefined
      if (wanted !== undefined) again.push({ id, field, text: wanted, version: now?.version ?? version })
    }
  }
  if (again.length > 0) await resendCells({ ...input, creates: [], edits: again })
}
