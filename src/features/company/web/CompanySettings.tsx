import { Checkbox, MultiSelect, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { z } from 'zod'
import { Company, getCompany, patchCompany } from '#features/company/contract.ts'
import { getMe } from '#features/people/contract.ts'
import { ContactKind } from '#shared/verdict.ts'
import { call, query, refresh } from '#web/api.ts'
import { FormFoot } from '#web/form/FormFoot.tsx'
import { useContractForm } from '#web/form/use-contract-form.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { notifyDone } from '#web/layout/notify.tsx'
import { LANGUAGES } from './CompanyStep.tsx'
import { timeZoneOptions } from './time-zones.ts'

/** Name, clock, city code, language, and the kinds of contact every client must have. */
export function CompanySettings() {
  const company = useQuery(query(getCompany, {}))
  return <Loaded of={company}>{(settings) => <CompanyForm settings={settings} />}</Loaded>
}

function CompanyForm({ settings }: { settings: z.output<typeof Company> }) {
  const { t, i18n } = useTranslation()
  const queries = useQueryClient()
  const { field, onSubmit, failure, pending } = useContractForm(Company, {
    initial: settings,
    send: (values) => call(patchCompany, values),
    onDone: async () => {
      notifyDone(t('shell.saved'))
      await refresh(queries, getCompany, getMe)
    },
  })
  const rhythm = field('rhythmDays')
  const months = field('journalMonths')
  const handOver = field('teamHeadsHandOver')
  const zones = useMemo(() => timeZoneOptions(i18n.language), [i18n.language])
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack maw={480}>
        <TextInput label={t('company.name')} {...field('name')} />
        <Select
          label={t('company.time-zone')}
          description={t('company.time-zone-why')}
          data={zones}
          searchable
          allowDeselect={false}
          limit={60}
          {...field('timeZone')}
        />
        <TextInput
          label={t('company.city-code')}
          description={t('company.city-code-why')}
          inputMode="numeric"
          {...field('cityCode')}
        />
        <Select label={t('company.language')} data={LANGUAGES} allowDeselect={false} {...field('language')} />
        <MultiSelect
          label={t('company.required-kinds')}
          description={t('company.required-kinds-why')}
          data={ContactKind.options.map((value) => ({ value, label: t(`kind.${value}`) }))}
          {...field('requiredKinds')}
          withAsterisk={false}
        />
        <NumberInput
          label={t('company.rhythm-days')}
          description={t('company.rhythm-days-why')}
          min={1}
          max={3650}
          allowDecimal={false}
          {...rhythm}
          value={rhythm.value ?? ''}
          onChange={(days: string | number) => rhythm.onChange(days === '' ? null : Number(days))}
          withAsterisk={false}
        />
        <NumberInput
          label={t('company.journal-months')}
          description={t('company.journal-months-why')}
          min={36}
          max={1200}
          allowDecimal={false}
          {...months}
          value={months.value ?? ''}
          onChange={(given: string | number) => months.onChange(given === '' ? null : Number(given))}
          withAsterisk={false}
        />
        <Checkbox
          label={t('company.team-heads-hand-over')}
          checked={handOver.value}
          onChange={({ currentTarget }) => handOver.onChange(currentTarget.checked)}
        />
        <FormFoot submit={t('shell.save')} pending={pending} failure={failure} />
      </Stack>
    </form>
  )
}
