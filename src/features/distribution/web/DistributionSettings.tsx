import { Alert, Button, Group, MultiSelect, Radio, Stack, Switch, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDictionaries } from '#features/clients/web/use-dictionaries.ts'
import {
  Distribution,
  getDistribution,
  previewDistribution,
  putDistribution,
} from '#features/distribution/contract.ts'
import { query, useApiMutation } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { notifyDone } from '#web/layout/notify.tsx'
import { RegionRows } from './RegionRows.tsx'
import { Unowned } from './Unowned.tsx'

/** To whom clients go that have no owner: the rule for new ones, and the button for those there are. */
export function DistributionSettings() {
  const rule = useQuery(query(getDistribution, {}))
  return (
    <Stack maw={640} gap="xl">
      <Loaded of={rule}>{(given) => <RuleForm given={given} />}</Loaded>
      <Unowned />
    </Stack>
  )
}

function RuleForm({ given }: { given: Distribution }) {
  const { t } = useTranslation()
  const { teams, users } = useDictionaries()
  const [rule, setRule] = useState(given)
  const change = (fields: Partial<Distribution>) => setRule({ ...rule, ...fields })
  const save = useApiMutation(putDistribution, {
    refreshes: [getDistribution, previewDistribution],
    onSuccess: () => notifyDone(t('shell.saved')),
  })
  const isUntouched = JSON.stringify(rule) === JSON.stringify(given)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ ...rule, regions: rule.regions.filter(({ region, userId }) => region && userId) })
      }}
    >
      <Stack>
        <Title order={3}>{t('distribution.title')}</Title>
        <Switch
          label={t('distribution.active')}
          description={t('distribution.active-why')}
          checked={rule.active}
          onChange={({ currentTarget }) => change({ active: currentTarget.checked })}
        />
        <Radio.Group
          label={t('distribution.way')}
          value={rule.way}
          onChange={(way) => change({ way: Distribution.shape.way.parse(way) })}
        >
          <Stack gap="xs" mt="xs">
            {Distribution.shape.way.options.map((way) => (
              <Radio
                key={way}
                value={way}
                label={t(`distribution.ways.${way}`)}
                description={t(`distribution.ways-why.${way}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        <MultiSelect
          label={t('distribution.teams')}
          placeholder={rule.teamIds.length === 0 ? t('distribution.all-teams') : undefined}
          description={t('distribution.teams-why')}
          searchable
          clearable
          value={rule.teamIds}
          data={teams.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(teamIds) => change({ teamIds })}
        />
        {rule.way === 'region' && (
          <RegionRows
            regions={rule.regions}
            people={users.filter(({ active, role }) => active && role === 'manager')}
            onChange={(regions) => change({ regions })}
          />
        )}
        {save.isError && (
          <Alert color="red" p="xs">
            {save.error.message}
          </Alert>
        )}
        <Group>
          <Button type="submit" disabled={isUntouched} loading={save.isPending}>
            {t('shell.save')}
          </Button>
          {!isUntouched && (
            <Text size="sm" c="dimmed">
              {t('distribution.unsaved')}
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  )
}
