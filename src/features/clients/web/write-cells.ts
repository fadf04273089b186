import type { QueryClient } from '@tanstack/react-query'
import { t } from '#web/i18n/translation.ts'
import { notifications } from '@mantine/notifications'
import { editCells, type CreatedRow } from '#features/clients/cells-contract.ts'
import { clientHistory, countClients, myGaps, type Client } from '#features/clients/contract.ts'
import { newId } from '#shared/new-id.ts'
import { call, refresh } from '#web/api.ts'
import { sendOrWait } from '#web/live/outbox.ts'
import type { WriteCells } from '#web/grid/use-cell-writes.ts'
import { noticeFrame } from '#web/layout/notify.tsx'

/** Cells to a notice that a long paste is on its way. */
const longPaste = 2_000

/** The road of the table's cells: one request, one change-set an act. */
export const writeCells =
  (queries: QueryClient): WriteCells<Client> =>
  async (act, edits, created) => {
    const notice =
      edits.length + created.length * 5 < longPaste
        ? undefined
        : notifications.show({
            ...noticeFrame(),
            message: t('clients.cells-writing', { count: edits.length + created.length }),
            loading: true,
            autoClose: false,
          })
    try {
      const input = {
        act: `cells.${act}` as const,
        edits,
        creates: created.map((cells) => ({ id: newId(), cells })),
      }
      // Cells go by the version rule and new rows by their ids, so that they may wait for the line and be sent twice.
      const answer = await sendOrWait({ kind: 'cells', input }, (signal) =>
        call(editCells, input, { signal }),
      )
      void refresh(queries, countClients, myGaps, clientHistory)
      tellTwins(answer.created)
      const touched = new Set([...edits.map(({ id }) => id), ...answer.created.flatMap(({ id }) => id ?? [])])
      return {
        cells: answer.cells,
        created: answer.created,
        rows: answer.clients,
        isPartial: answer.clients.length < touched.size && answer.changeSetId !== null,
      }
    } finally {
      if (notice) notifications.hide(notice)
    }
  }

/** New clients are made whatever they are like; who is like somebody is told. */
function tellTwins(created: readonly CreatedRow[]) {
  const made = created.filter(({ id }) => id !== null)
  if (made.length === 0) return
  const alike = made.filter(({ duplicates }) => duplicates.some(({ score }) => score !== 'candidate'))
  notifications.show({
    ...noticeFrame(),
    title: t('clients.cells-made', { count: made.length }),
    message: alike.length > 0 ? t('clients.cells-twins', { count: alike.length, names: namesOf(alike) }) : '',
    ...(alike.length > 0 ? { color: 'orange', autoClose: false } : { autoClose: 4000 }),
  })
}

const namesOf = (alike: readonly CreatedRow[]) =>
  alike
    .slice(0, 5)
    .map(
      ({ duplicates: [twin] }) => twin!.name ?? t('clients.twin-hidden', { owner: twin!.ownerName ?? '—' }),
    )
    .join('; ')
