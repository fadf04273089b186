import type { QueryClient } from '@tanstack/react-query'
import { t } from '#web/i18n/translation.ts'
import { getUndo } from '#features/changes/contract.ts'
import { call } from '#web/api.ts'
import { notifyDone, notifyProblem, notifyWith } from '#web/layout/notify.tsx'
import { bringReversal } from './bring-reversal.ts'

/**
 * Says what was done and offers «Отменить»: the reversal of its change-set. Without `changeSetId` it is the caller's latest act,
 * so call it as soon as the act is done.
 * @param what what the reversal is called by, where the message itself will not do
 */
export async function notifyReversible(
  queries: QueryClient,
  message: string,
  changeSetId?: string,
  what = message.charAt(0).toLowerCase() + message.slice(1),
) {
  const id = changeSetId ?? (await call(getUndo, {}).catch(() => null))?.undo?.id
  if (!id) return notifyDone(message)
  notifyWith(message, t('changes.back'), () => {
    void bringReversal().then(({ reverse }) => reverse(id, { queries, way: 'back', what }), notifyProblem)
  })
}
