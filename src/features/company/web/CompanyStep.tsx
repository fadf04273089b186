import { Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import type { z } from 'zod'
import { NewCompany } from '#features/company/contract.ts'
import { FormFoot } from '#web/form/FormFoot.tsx'
import { useContractForm } from '#web/form/use-contract-form.ts'
import { shownLanguage } from '#web/i18n/translation.ts'
import { ownTimeZone, timeZoneOptions } from './time-zones.ts'

export type CompanyDraft = z.input<typeof NewCompany>

export const newCompany = (): CompanyDraft => ({
  name: '',
  timeZone: ownTimeZone(),
  cityCode: '495',
  language: shownLanguage(),
})

/** Name, time zone, city code, language of a new company. */
export function CompanyStep({
  initial,
  onNext,
}: {
  initial: CompanyDraft
  onNext: (draft: CompanyDraft) => void
}) {
  const { t, i18n } = useTranslation()
  const { field, onSubmit, failure, pending } = useContractForm(NewCompany, {
    initial,
    send: async (draft) => draft,
    onDone: onNext,
  })
  const zones = useMemo(() => timeZoneOptions(i18n.language), [i18n.language])
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        <TextInput label={t('company.name')} autoFocus autoComplete="organization" {...field('name')} />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
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
        </SimpleGrid>
        <Select label={t('company.language')} data={LANGUAGES} allowDeselect={false} {...field('language')} />
        <FormFoot submit={t('company.next')} pending={pending} failure={failure} />
      </Stack>
    </form>
  )
}

export const LANGUAGES = [
  { value: 'ru', label: 'Русский' },
  { value: 'en', label: 'English' },
]
