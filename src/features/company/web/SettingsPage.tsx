import { Select, Stack, Tabs } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { z } from 'zod'
import { useTranslation } from '#web/i18n/translation.ts'
import { Page } from '#web/layout/Page.tsx'
import { useMe } from '#web/session.ts'
import { useUrlState } from '#web/url-state.ts'
import { ChoicesSettings } from './ChoicesSettings.tsx'
import { CompanySettings } from './CompanySettings.tsx'
import { FieldsSettings } from './FieldsSettings.tsx'
import { LabelsSettings } from './LabelsSettings.tsx'
import { NetworkSwitch } from './NetworkSwitch.tsx'
import classes from './SettingsPage.module.css'

const MailSettings = lazy(async () => ({
  default: (await import('#features/mail/web/MailSettings.tsx')).MailSettings,
}))

const GroupRulesSettings = lazy(async () => ({
  default: (await import('#features/single-sign-on/web/GroupRulesSettings.tsx')).GroupRulesSettings,
}))

const RulesSettings = lazy(async () => ({
  default: (await import('#features/taking/web/RulesSettings.tsx')).RulesSettings,
}))

const SignInRulesSettings = lazy(async () => ({
  default: (await import('#features/sign-ins/web/SignInRulesSettings.tsx')).SignInRulesSettings,
}))

const MaskingSettings = lazy(async () => ({
  default: (await import('#features/masking/web/MaskingSettings.tsx')).MaskingSettings,
}))
const CanariesSettings = lazy(async () => ({
  default: (await import('#features/canaries/web/CanariesSettings.tsx')).CanariesSettings,
}))

const DistributionSettings = lazy(async () => ({
  default: (await import('#features/distribution/web/DistributionSettings.tsx')).DistributionSettings,
}))

const TABS = [
  'company',
  'labels',
  'choices',
  'fields',
  'distribution',
  'taking',
  'guard',
  'mail',
  'sign-in',
  'groups',
  'network',
] as const
const SettingsView = z.object({ tab: z.enum(TABS).catch('company') })

/** What the company decides for all: its own data, dictionaries, fields, the network. */
export function SettingsPage() {
  const { t } = useTranslation()
  const [{ tab }, setView] = useUrlState(SettingsView)
  // What guards clients, and to whom they go, is for who sees them.
  const ofHeads = new Set<string>(['guard', 'distribution'])
  const tabs = useMe().role === 'head' ? TABS : TABS.filter((name) => !ofHeads.has(name))
  const open = (value: string | null) => setView({ tab: TABS.find((name) => name === value) })
  return (
    <Page title={t('app.settings')}>
      {/* Where the list has no room beside a section, the same list opens from one line. */}
      <Select
        className={classes.choice}
        aria-label={t('company.sections')}
        data={tabs.map((name) => ({ value: name, label: t(`company.tab-${name}`) }))}
        value={tab}
        onChange={open}
        allowDeselect={false}
        maxDropdownHeight={420}
      />
      <Tabs
        orientation="vertical"
        value={tab}
        onChange={open}
        keepMounted={false}
        classNames={{
          root: classes.sections,
          list: classes.list,
          tab: classes.section,
          tabLabel: classes.label,
          panel: classes.content,
        }}
      >
        <Tabs.List aria-label={t('company.sections')}>
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`company.tab-${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="company">
          <CompanySettings />
        </Tabs.Panel>
        <Tabs.Panel value="labels">
          <LabelsSettings />
        </Tabs.Panel>
        <Tabs.Panel value="choices">
          <ChoicesSettings />
        </Tabs.Panel>
        <Tabs.Panel value="fields">
          <FieldsSettings />
        </Tabs.Panel>
        <Tabs.Panel value="distribution">
          <Suspense>
            <DistributionSettings />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="taking">
          <Suspense>
            <RulesSettings />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="guard">
          <Suspense>
            <Stack gap="xl">
              <MaskingSettings />
              <CanariesSettings />
            </Stack>
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="mail">
          <Suspense>
            <MailSettings />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="sign-in">
          <Suspense>
            <SignInRulesSettings />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="groups">
          <Suspense>
            <GroupRulesSettings />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="network" maw={560}>
          <NetworkSwitch />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
