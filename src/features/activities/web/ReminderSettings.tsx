import { Button, Select, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { timeZoneOptions } from '#features/company/web/time-zones.ts'
import { getMe, patchMe } from '#features/people/contract.ts'
import { query, useApiMutation } from '#web/api.ts'
import { browserBells } from './browser-bells.ts'

/** The person's own clock, and whether the browser may ring over other windows. */
export function ReminderSettings() {
  const { t, i18n } = useTranslation()
  const me = useQuery(query(getMe, {})).data
  const patch = useApiMutation(patchMe, { refreshes: [getMe] })
  const zones = useMemo(() => timeZoneOptions(i18n.language), [i18n.language])
  const [bells, setBells] = useState(browserBells.state)
  return (
    <Stack maw={420}>
      <Select
        label={t('activities.own-zone')}
        description={t('activities.own-zone-why')}
        placeholder={t('activities.own-zone-company')}
        data={zones}
        searchable
        clearable
        limit={60}
        value={me?.timeZone ?? null}
        onChange={(timeZone) => patch.mutate({ timeZone })}
      />
      {bells === 'unknown' ? (
        <Button
          variant="default"
          style={{ alignSelf: 'flex-start' }}
          onClick={() => void browserBells.ask().then(setBells)}
        >
          {t('activities.browser-bells')}
        </Button>
      ) : (
        <Text size="sm" c="dimmed">
          {t(bells === 'on' ? 'activities.browser-bells-on' : 'activities.browser-bells-off')}
        </Text>
      )}
    </Stack>
  )
}
