import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listClients } from '#features/clients/contract.ts'
import { query } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { mostByHand } from './handover-view.ts'
import classes from './handovers.module.css'

interface ClientsByHandProps {
  /** Whose clients are searched: his own, and those he works with. */
  from: string
  ids: string[]
  onChange: (ids: string[]) => void
}

/** Clients picked by name, as chips. */
export function ClientsByHand({ from, ids, onChange }: ClientsByHandProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 200)
  const searching = search.length >= 2
  const found = useQuery({
    ...query(listClients, { search, where: [{ field: 'manager', op: 'is', value: [from] }], limit: 20 }),
    enabled: searching,
  }).data
  const chosen = useQuery({
    ...query(listClients, { ids, limit: mostByHand }),
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
  }).data
  const names = new Map(
    [...(chosen?.items ?? []), ...((searching && found?.items) || [])].map(({ id, name }) => [id, name]),
  )
  const data = [...new Set([...ids, ...names.keys()])].map((id) => ({
    value: id,
    label: names.get(id) ?? '…',
  }))
  return (
    <MultiSelect
      className={classes.byHand}
      aria-label={t('handovers.by-hand-clients')}
      placeholder={ids.length < mostByHand ? t('handovers.by-hand-find') : undefined}
      searchable
      hidePickedOptions
      maxValues={mostByHand}
      // The server has searched, in more than names.
      filter={({ options }) => options}
      nothingFoundMessage={searching ? found && t('handovers.by-hand-nothing') : t('handovers.by-hand-type')}
      searchValue={typed}
      onSearchChange={setTyped}
      value={ids}
      data={data}
      onChange={onChange}
    />
  )
}
