import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from '#web/i18n/translation.ts'
import { getCalendar } from '#features/calendar/contract.ts'
import { countClients, getClient, listClients } from '#features/clients/contract.ts'
import { getMyDay } from '#features/my-day/contract.ts'
import {
  cancelActivity,
  completeActivity,
  createActivity,
  deleteActivity,
  listActivities,
  listReminders,
  moveActivity,
  reopenActivity,
  uncancelActivity,
  updateActivity,
} from '#features/activities/contract.ts'
import { notifyReversible } from '#features/changes/web/notify-reversible.ts'
import { listFiles } from '#features/files/contract.ts'
import { useApiMutation } from '#web/api.ts'
import { useMe } from '#web/session.ts'
import { formatWhen } from './format-when.ts'

/** Answers an entry shows in: timelines, the day, the calendar, bells, and the next plan of its client. */
export const refreshes = [
  listActivities,
  getMyDay,
  getCalendar,
  listReminders,
  getClient,
  listClients,
  countClients,
]

export const useCreateActivity = (onSuccess: () => void) =>
  useApiMutation(createActivity, { refreshes, errors: 'form', onSuccess })

/** A call written down at once; the notice takes it back. */
export function useLogCall(onSuccess: () => void) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useApiMutation(createActivity, {
    refreshes,
    errors: 'form',
    onSuccess: () => {
      onSuccess()
      return notifyReversible(queries, t('activities.call-saved'))
    },
  })
}

export const useUpdateActivity = (onSuccess: () => void) =>
  useApiMutation(updateActivity, { refreshes, errors: 'form', onSuccess })

/** Marks as done; the notice takes it back. */
export function useCompleteActivity(onSuccess?: () => void) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const sayNext = useSayNext()
  return useApiMutation(completeActivity, {
    refreshes,
    onSuccess: ({ nextDueAt }) => {
      onSuccess?.()
      return notifyReversible(queries, t('activities.done-notice') + sayNext(nextDueAt))
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
    onSuccess: ({ changeSetId }) => notifyReversible(queries, t('activities.deleted'), changeSetId),
  })
}

/** Calls off; the notice takes it back. */
export function useCancelActivity(onSuccess: () => void) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const sayNext = useSayNext()
  return useApiMutation(cancelActivity, {
    refreshes,
    onSuccess: ({ nextDueAt }) => {
      onSuccess()
      return notifyReversible(queries, t('activities.cancelled-notice') + sayNext(nextDueAt))
    },
  })
}

export const useUncancelActivity = () => useApiMutation(uncancelActivity, { refreshes })

/** Moves; the notice tells where to and takes it back. */
export function useMoveActivity(onSuccess?: () => void) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const zone = useMe().company.timeZone
  return useApiMutation(moveActivity, {
    refreshes,
    onSuccess: ({ dueAt, moves }) => {
      onSuccess?.()
      if (moves.length === 0) return undefined
      return notifyReversible(queries, t('activities.moved-notice', { when: formatWhen(dueAt!, zone) }))
    },
  })
}

/** Of a plan that repeats: « · дальше 28 февраля». */
function useSayNext() {
  const { t } = useTranslation()
  const zone = useMe().company.timeZone
  return (nextDueAt: string | null) =>
    nextDueAt === null ? '' : ` · ${t('activities.next-of-series', { when: formatWhen(nextDueAt, zone) })}`
}
