import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getActivity } from '#features/activities/contract.ts'
import { Entry } from '#features/activities/web/Entry.tsx'
import listClasses from '#features/activities/web/timeline.module.css'
import { ClientLink } from '#features/my-day/web/ClientLink.tsx'
import { query } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'

/** One entry over the calendar, with all that can be done to it. */
export function OpenedEntry({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const entry = useQuery(query(getActivity, { id }))
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('calendar.entry')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Loaded of={entry} meanwhile={2}>
        {(activity) => (
          <ul className={listClasses.list}>
            <Entry
              activity={activity}
              place={
                activity.clientId ? (
                  <ClientLink id={activity.clientId}>{activity.clientName}</ClientLink>
                ) : undefined
              }
            />
          </ul>
        )}
      </Loaded>
    </Modal>
  )
}
