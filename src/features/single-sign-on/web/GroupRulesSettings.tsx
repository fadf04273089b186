import { Alert, Button, Group, Select, Stack, Switch, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listTeams, type Team } from '#features/people/contract.ts'
import {
  getGroupRules,
  getSignInWays,
  type GroupRules,
  putGroupRules,
} from '#features/single-sign-on/contract.ts'
import { query, useApiMutation } from '#web/api.ts'
import { FormFoot } from '#web/form/FormFoot.tsx'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { notifyDone } from '#web/layout/notify.tsx'
import { problemOf } from '#web/problem.ts'
import { useMe } from '#web/session.ts'
import { GroupRuleLine } from './GroupRuleLine.tsx'

/** What groups of the directory and the provider give here: rules in order, and whoever fits none. */
export function GroupRulesSettings() {
  const { t } = useTranslation()
  const rules = useQuery(query(getGroupRules, {}))
  const teams = useQuery(query(listTeams, {}))
  return (
    <Stack maw={820} gap="lg">
      <Text size="sm" c="dimmed">
        {t('single-sign-on.intro')}
      </Text>
      <WaysThereAre />
      <Loaded of={rules}>
        {(kept) => <RulesForm key={JSON.stringify(kept)} kept={kept} teams={teams.data ?? []} />}
      </Loaded>
    </Stack>
  )
}

function WaysThereAre() {
  const { t } = useTranslation()
  const { data: ways } = useQuery(query(getSignInWays, {}))
  if (!ways) return null
  const { provider, directory } = ways
  if (!provider && !directory)
    return (
      <Alert color="gray" variant="light">
        {t('single-sign-on.not-connected')}
      </Alert>
    )
  const key = provider && directory ? 'both' : directory ? 'directory' : 'provider'
  return <Text size="sm">{t(`single-sign-on.ways-${key}`, { name: provider ?? '' })}</Text>
}

function RulesForm({ kept, teams }: { kept: GroupRules; teams: Team[] }) {
  const { t } = useTranslation()
  const { role } = useMe()
  const [rules, setRules] = useState(kept.rules)
  const [otherwise, setOtherwise] = useState(kept.otherwise)
  const [trustsProviderFactor, setTrust] = useState(kept.trustsProviderFactor)
  const save = useApiMutation(putGroupRules, {
    errors: 'form',
    refreshes: [getGroupRules],
    onSuccess: () => notifyDone(t('single-sign-on.saved')),
  })
  // The database holds an admin to the same.
  const closed = role === 'head' ? 0 : kept.rules.findLastIndex((rule) => rule.role === 'head') + 1
  const swap = (at: number) =>
    setRules(rules.map((rule, index) => rules[index === at ? at - 1 : index === at - 1 ? at : index] ?? rule))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ rules, otherwise, trustsProviderFactor })
      }}
    >
      <Stack gap="lg">
        <section>
          <Title order={2} mb="sm">
            {t('single-sign-on.rules')}
          </Title>
          <Text size="sm" c="dimmed" mb="sm">
            {rules.length === 0 ? t('single-sign-on.no-rules') : closed > 0 && t('single-sign-on.heads-only')}
          </Text>
          <Stack gap="sm" component="ol" m={0} p={0}>
            {rules.map((rule, at) => (
              <GroupRuleLine
                // Rules have no identity but their place.
                // oxlint-disable-next-line react/no-array-index-key
                key={at}
                number={at + 1}
                rule={rule}
                teams={teams}
                closed={at < closed}
                mayMakeHeads={role === 'head'}
                onChange={(changed) =>
                  setRules(rules.map((one, index) => (index === at ? { ...one, ...changed } : one)))
                }
                onUp={at > closed ? () => swap(at) : undefined}
                onDelete={() => setRules(rules.filter((_, index) => index !== at))}
              />
            ))}
          </Stack>
          <Button
            mt="sm"
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={() => setRules([...rules, { group: '', role: 'manager', teamId: null }])}
          >
            {t('single-sign-on.add')}
          </Button>
        </section>
        <Select
          maw={420}
          label={t('single-sign-on.otherwise')}
          allowDeselect={false}
          data={[
            { value: '', label: t('single-sign-on.otherwise-refused') },
            ...(['manager', 'team-head'] as const).map((value) => ({
              value,
              label: t('single-sign-on.otherwise-role', { role: t(`role.${value}`) }),
            })),
          ]}
          value={otherwise ?? ''}
          onChange={(value) => setOtherwise(value === 'manager' || value === 'team-head' ? value : null)}
        />
        <Switch
          label={t('single-sign-on.trust-factor')}
          description={t('single-sign-on.trust-factor-why')}
          checked={trustsProviderFactor}
          disabled={role !== 'head'}
          onChange={({ currentTarget }) => setTrust(currentTarget.checked)}
        />
        <Group>
          <FormFoot
            submit={t('shell.save')}
            pending={save.isPending}
            failure={save.isError ? messageOf(save.error) : null}
          />
        </Group>
      </Stack>
    </form>
  )
}

const messageOf = (error: unknown) => {
  const { message, errors } = problemOf(error)
  return [message, ...errors.map((one) => one.message)].join(' ')
}
