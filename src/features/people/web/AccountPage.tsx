import { Stack, Text, Title } from '@mantine/core'
import { useTranslation } from '#web/i18n/translation.ts'
import { ReminderSettings } from '#features/activities/web/ReminderSettings.tsx'
import { NewDeviceNotice } from '#features/sign-ins/web/NewDeviceNotice.tsx'
import { SecondFactorPanel } from '#features/sign-ins/web/SecondFactorPanel.tsx'
import { SignInsList } from '#features/sign-ins/web/SignInsList.tsx'
import { Page } from '#web/layout/Page.tsx'
import { useMe } from '#web/session.ts'
import { LettersSwitches } from './LettersSwitches.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { SessionsList } from './SessionsList.tsx'
import { TokenForm } from './TokenForm.tsx'

/** What is the person's own: password, second factor, letters, sessions, tokens for programs, sign-ins. */
export function AccountPage() {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <Page title={t('shell.account')} narrow>
      <Stack gap={32}>
        <NewDeviceNotice onDenied={() => document.getElementById('password')?.scrollIntoView()} />
        <section id="password">
          <Title order={2} mb="md">
            {t('people.password')}
          </Title>
          {me.source === 'local' ? (
            <PasswordForm />
          ) : (
            <Text size="sm">{t('single-sign-on.password-elsewhere')}</Text>
          )}
        </section>
        <section>
          <Title order={2} mb="md">
            {t('sign-ins.set-up-title')}
          </Title>
          <SecondFactorPanel />
        </section>
        <section>
          <Title order={2} mb="md">
            {t('people.letters')}
          </Title>
          <LettersSwitches />
        </section>
        <section>
          <Title order={2} mb="md">
            {t('activities.reminders')}
          </Title>
          <ReminderSettings />
        </section>
        <section>
          <Title order={2} mb={4}>
            {t('people.sessions')}
          </Title>
          <SessionsList kind="session" />
        </section>
        <section>
          <Title order={2} mb={4}>
            {t('people.tokens')}
          </Title>
          <TokenForm />
          <SessionsList kind="token" />
        </section>
        <section>
          <Title order={2} mb={4}>
            {t('sign-ins.own-journal')}
          </Title>
          <SignInsList filter={{ user: me.id, limit: 10 }} />
        </section>
      </Stack>
    </Page>
  )
}
