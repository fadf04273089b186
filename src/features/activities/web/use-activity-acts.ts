import { useQueryClient } from '@tanstack/react-query'
import { getClient, listClients } from '#features/clients/contract.ts'
import { getMyDay } from '#features/my-day/contract.ts'
import {
  completeActivity,
  createActivity,
  deleteActivity,
  listActivities,
  reopenActivity,
  restoreActivity,
  updateActivity,
} from '#features/activities/contract.ts'
import { listFiles } from '#features/files/contract.ts'
import { call, refresh, useApiMutation } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { notifyUndo } from '#web/layout/notify.tsx'

/** Answers an entry shows in: timelines, the day, and the next plan of its client. */
const refreshes = [listActivities, getMyDay, getClient, listClients]

export const useCreateActivity = (onSuccess: () => void) =>
  useApiMutation(createActivity, { refreshes, errors: 'form', onSuccess })

export const useUpdateActivity = (onSuccess: () => void) =>
  useApiMutation(updateActivity, { refreshes, errors: 'form', onSuccess })

/** Marks as done; the notice takes it back. */
export function useCompleteActivity(onSuccess?: () => void) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useApiMutation(completeActivity, {
    refreshes,
    onSuccess: ({ id }) => {
      onSuccess?.()
      notifyUndo(t('activities.done-notice'), async () => {
        await call(reopenActivity, { id })
        await refresh(queries, ...refreshes)
      })
    },
  })
}

export const useReopenActivity = () => useApiMutation(reopenActivity, { refreshes })

/** Deletes; the notice brings the entry back. */
export function useDeleteActivity() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useApiMutation(deleteActivity, {
    refreshes: [...refreshes, listFiles],
    onSuccess: ({ changeSetId }, { id }) =>
      notifyUndo(t('activities.deleted'), async () => {
        await call(restoreActivity, { id, changeSetId })
        await refresh(queries, ...refreshes, listFiles)
      }),
  })
}
