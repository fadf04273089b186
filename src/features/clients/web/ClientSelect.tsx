import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { getClient, listClients } from '#features/clients/contract.ts'
import { query } from '#web/api.ts'

interface ClientSelectProps {
  label: string
  value: string | null
  onChange: (id: string | null) => void
}

/** One client out of however many: found by anything known of him while one types. */
export function ClientSelect({ label, value, onChange }: ClientSelectProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 150)
  const chosen = useQuery({ ...query(getClient, { id: value ?? '' }), enabled: value !== null }).data
  const found = useQuery({
    ...query(
      listClients,
      search === '' || search === chosen?.name ? { sort: '-changed', limit: 8 } : { search, limit: 8 },
    ),
    placeholderData: keepPreviousData,
  })
  const clients = [...(chosen ? [chosen] : []), ...(found.data?.items ?? [])]
  return (
    <Select
      aria-label={label}
      placeholder={label}
      searchable
      clearable
      // The server has searched, in more than names.
      filter={({ options }) => options}
      nothingFoundMessage={t('clients.empty-found-title')}
      searchValue={typed}
      onSearchChange={setTyped}
      value={value}
      onChange={onChange}
      data={[...new Map(clients.map(({ id, name }) => [id, { value: id, label: name }])).values()]}
    />
  )
}
