import { Button, Group, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { z } from 'zod'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import { getClient, listClients } from '#features/clients/contract.ts'
import { query } from '#web/api.ts'
import { DayRange } from '#web/form/DayRange.tsx'
import { useUrlState } from '#web/url-state.ts'
import { sayAct } from './acts.ts'
import { knownActs } from './known-acts.ts'

const word = z.string().optional().catch(undefined)

/** What the journal is narrowed by; days of the person's own calendar. */
export const JournalView = z.object({ author: word, act: word, client: word, from: word, to: word })

export function JournalFilters() {
  const { t } = useTranslation()
  const [{ author, act, client, from, to }, setView] = useUrlState(JournalView)
  const { plannable } = useColleagues()
  const narrowed = [author, act, client, from, to].some((value) => value !== undefined)
  return (
    <Group gap="xs">
      {plannable.length > 1 && (
        <Select
          aria-label={t('changes.author')}
          placeholder={t('changes.any-author')}
          clearable
          searchable
          w={190}
          value={author ?? null}
          onChange={(chosen) => setView({ author: chosen ?? undefined })}
          data={plannable.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <Select
        aria-label={t('changes.act')}
        placeholder={t('changes.any-act')}
        clearable
        searchable
        w={200}
        value={act ?? null}
        onChange={(chosen) => setView({ act: chosen ?? undefined })}
        data={knownActs.map((value) => ({ value, label: sayAct({ act: value }) }))}
      />
      <ClientSelect id={client} onChoose={(chosen) => setView({ client: chosen })} />
      <DayRange
        from={from}
        to={to}
        labels={{ from: t('changes.from'), to: t('changes.to') }}
        onChange={setView}
      />
      {narrowed && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() =>
            setView({ author: undefined, act: undefined, client: undefined, from: undefined, to: undefined })
          }
        >
          {t('changes.clear-filters')}
        </Button>
      )}
    </Group>
  )
}

function ClientSelect({
  id,
  onChoose,
}: {
  id: string | undefined
  onChoose: (id: string | undefined) => void
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 200)
  const found = useQuery({
    ...query(listClients, { search, limit: 8 }),
    enabled: search.length >= 2,
    placeholderData: keepPreviousData,
  })
  const chosen = useQuery({ ...query(getClient, { id: id ?? '' }), enabled: id !== undefined })
  const clients = [...(id && chosen.data ? [chosen.data] : []), ...(found.data?.items ?? [])]
  return (
    <Select
      aria-label={t('changes.client')}
      placeholder={t('changes.any-client')}
      clearable
      searchable
      w={200}
      value={id ?? null}
      onChange={(value) => onChoose(value ?? undefined)}
      onSearchChange={setTyped}
      nothingFoundMessage={search.length >= 2 ? t('changes.client-nothing') : undefined}
      filter={({ options }) => options}
      data={[
        ...new Map(clients.map((client) => [client.id, { value: client.id, label: client.name }])).values(),
      ]}
    />
  )
}
