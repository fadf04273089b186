import type { QueryClient } from '@tanstack/react-query'
import { getClient, listClients } from '#features/clients/contract.ts'
import { keyOf, query } from '#web/api.ts'
import { isAway, type WaitingEdit } from '#web/live/outbox.ts'
import { ApiProblem } from '#web/problem.ts'
import { notifyProblem } from '#web/layout/notify.tsx'
import { resendCells } from './resend-cells.ts'
import { saveClient } from './save-client.ts'
import type { CellEdits, ClientEdit } from './waiting-clients.ts'

/** Sends an edit that a page now gone has left waiting. A refusal is told; what cannot be sent yet is thrown. */
export async function resendEdit(queries: QueryClient, { kind, input }: WaitingEdit): Promise<void> {
  try {
    if (kind === 'cells') await resendCells(input as CellEdits)
    else {
      const { id, version, patch, own } = input as ClientEdit
      queries.setQueryData(
        query(getClient, { id }).queryKey,
        await saveClient({ id, version }, patch, { own }),
      )
    }
  } catch (error) {
    if (isAway(error) || (error instanceof ApiProblem && error.status === 401)) throw error
    notifyProblem(error)
  }
  await queries.invalidateQueries({ queryKey: [keyOf(listClients), 'pages'] })
}
