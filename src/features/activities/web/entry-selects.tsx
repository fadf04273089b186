import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getClient } from '#features/clients/contract.ts'
import { query } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { useMe } from '#web/session.ts'
import { useColleagues } from './use-colleagues.ts'

interface IdSelectProps {
  value: string | null
  onChange: (id: string | null) => void
}

/** The client's contact person the entry is about; nothing where he has none. */
export function PersonSelect({ clientId, value, onChange }: IdSelectProps & { clientId: string }) {
  const { t } = useTranslation()
  const people = useQuery(query(getClient, { id: clientId })).data?.people ?? []
  if (people.length === 0) return null
  return (
    <Select
      aria-label={t('activities.with-person')}
      placeholder={t('activities.with-person')}
      clearable
      searchable={people.length > 8}
      w={200}
      value={value}
      onChange={onChange}
      data={people.map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}

/** Whose entry it is; nothing for who plans for himself only. */
export function UserSelect({ value, onChange }: IdSelectProps) {
  const { t } = useTranslation()
  const me = useMe()
  const { plannable } = useColleagues()
  if (plannable.length < 2) return null
  return (
    <Select
      aria-label={t('activities.who')}
      placeholder={t('activities.who')}
      searchable={plannable.length > 8}
      allowDeselect={false}
      w={200}
      value={value ?? me.id}
      onChange={onChange}
      data={plannable.map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}
