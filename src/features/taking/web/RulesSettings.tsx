import { NumberInput, Stack, Text, Title } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getTakingRules, patchTakingRules, TakingRules } from '#features/taking/contract.ts'
import { call, query, refresh } from '#web/api.ts'
import { FormFoot } from '#web/form/FormFoot.tsx'
import { useContractForm } from '#web/form/use-contract-form.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { notifyDone } from '#web/layout/notify.tsx'
import { useMe } from '#web/session.ts'

/** Quotas of export, measures of reading, the threshold of the alarm. A head sets them, an admin looks. */
export function RulesSettings() {
  const rules = useQuery(query(getTakingRules, {}))
  return <Loaded of={rules}>{(settings) => <RulesForm settings={settings} />}</Loaded>
}

function RulesForm({ settings }: { settings: TakingRules }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const isHead = useMe().role === 'head'
  const { field, onSubmit, failure, pending } = useContractForm(TakingRules, {
    initial: settings,
    send: (values) => call(patchTakingRules, values),
    onDone: async () => {
      notifyDone(t('shell.saved'))
      await refresh(queries, getTakingRules)
    },
  })
  const number = (name: keyof TakingRules, why?: 'copyRows-why' | 'readingRows-why') => {
    const { value, onChange, ...rest } = field(name)
    const isOpen = TakingRules.shape[name].safeParse(null).success
    return (
      <NumberInput
        label={t(`taking.rules.${name}`)}
        description={why && t(`taking.rules.${why}`)}
        min={0}
        allowDecimal={name === 'alarmTimes'}
        thousandSeparator=" "
        disabled={!isHead}
        {...rest}
        value={value ?? ''}
        onChange={(given: string | number) => onChange(given === '' && isOpen ? null : Number(given))}
        withAsterisk={false}
      />
    )
  }
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack maw={480}>
        <Title order={3}>{t('taking.rules.quotas')}</Title>
        <Text size="sm" c="dimmed">
          {t('taking.rules.quotas-why')}
        </Text>
        {number('quotaManager')}
        {number('quotaTeamHead')}
        {number('quotaHead')}
        {number('requestHours')}
        <Title order={3} mt="md">
          {t('taking.rules.reading')}
        </Title>
        {number('copyRows', 'copyRows-why')}
        {number('readingRows', 'readingRows-why')}
        <Title order={3} mt="md">
          {t('taking.rules.alarm')}
        </Title>
        {number('alarmCards')}
        {number('alarmTimes')}
        <Text size="sm" c="dimmed">
          {t('taking.rules.alarm-why')}
        </Text>
        {isHead && <FormFoot submit={t('shell.save')} pending={pending} failure={failure} />}
      </Stack>
    </form>
  )
}
