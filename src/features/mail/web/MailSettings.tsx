import {
  Alert,
  Button,
  Group,
  NumberInput,
  PasswordInput,
  Select,
  Stack,
  Switch,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import {
  deleteMail,
  getMail,
  listLetters,
  MailAccount,
  type MailSettings as Settings,
  putMail,
  testMail,
} from '#features/mail/contract.ts'
import { call, query, refresh, useApiMutation } from '#web/api.ts'
import { FormFoot } from '#web/form/FormFoot.tsx'
import { useContractForm } from '#web/form/use-contract-form.ts'
import { confirm } from '#web/layout/confirm.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { notifyDone } from '#web/layout/notify.tsx'
import { problemOf } from '#web/problem.ts'
import { useMe } from '#web/session.ts'
import { LetterHoursForm } from './LetterHoursForm.tsx'
import { LettersList } from './LettersList.tsx'

/** The company's mail: the account, a test letter, the hours, and what became of the letters. */
export function MailSettings() {
  const { t } = useTranslation()
  const mail = useQuery(query(getMail, {}))
  return (
    <Loaded of={mail}>
      {(settings) => (
        <Stack gap={32} maw={760}>
          <section>
            <Text size="sm" c="dimmed" mb="md">
              {t('mail.intro')}
            </Text>
            <AccountForm key={settings.account ? 'kept' : 'new'} settings={settings} />
          </section>
          {settings.account && <TestLetter />}
          <LetterHoursForm hours={settings.hours} />
          {settings.account && <LettersList letters={settings.letters} />}
        </Stack>
      )}
    </Loaded>
  )
}

const usualPort = { tls: 465, starttls: 587, none: 25 }
const securities = ['tls', 'starttls', 'none'] as const

function AccountForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const me = useMe()
  const [password, setPassword] = useState('')
  const forget = useApiMutation(deleteMail, { refreshes: [getMail] })
  const { form, field, onSubmit, failure, pending } = useContractForm(MailAccount, {
    initial: settings.account ?? {
      host: '',
      port: 465,
      security: 'tls' as const,
      checkCertificate: true,
      userName: '',
      senderName: me.company.name,
      senderAddress: '',
      perHour: 200,
    },
    send: (values) => call(putMail, { ...values, ...(password !== '' && { password }) }),
    onDone: async () => {
      setPassword('')
      notifyDone(t('shell.saved'))
      await refresh(queries, getMail)
    },
  })
  const askAndForget = async () => {
    const sure = await confirm({
      title: t('mail.forget-title'),
      text: t('mail.forget-text'),
      confirm: t('mail.forget'),
      danger: true,
    })
    if (sure) forget.mutate({})
  }
  const security = field('security')
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack maw={480}>
        <TextInput label={t('mail.host')} placeholder="smtp.example.ru" {...field('host')} />
        <Group align="flex-start" grow>
          <Select
            label={t('mail.security')}
            allowDeselect={false}
            data={securities.map((value) => ({ value, label: t(`mail.security-${value}`) }))}
            {...security}
            onChange={(value) => {
              security.onChange(value)
              form.setFieldValue('port', usualPort[value as keyof typeof usualPort])
            }}
          />
          <NumberInput label={t('mail.port')} min={1} max={65_535} hideControls {...field('port')} />
        </Group>
        <Switch
          label={t('mail.check-certificate')}
          description={t('mail.check-certificate-why')}
          {...form.getInputProps('checkCertificate', { type: 'checkbox' })}
        />
        <TextInput
          label={t('mail.user')}
          description={t('mail.user-why')}
          autoComplete="off"
          {...field('userName')}
          value={form.values.userName ?? ''}
        />
        <PasswordInput
          label={t('mail.password')}
          {...(settings.passwordKept && { description: t('mail.password-kept') })}
          autoComplete="new-password"
          value={password}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        />
        <TextInput label={t('mail.sender-name')} {...field('senderName')} />
        <TextInput
          label={t('mail.sender-address')}
          type="email"
          placeholder="base@example.ru"
          {...field('senderAddress')}
        />
        <NumberInput
          label={t('mail.per-hour')}
          description={t('mail.per-hour-why')}
          min={1}
          max={100_000}
          hideControls
          {...field('perHour')}
        />
        <FormFoot submit={t('shell.save')} pending={pending} failure={failure}>
          {settings.account && (
            <Button
              variant="subtle"
              color="red"
              loading={forget.isPending}
              onClick={() => void askAndForget()}
            >
              {t('mail.forget')}
            </Button>
          )}
        </FormFoot>
      </Stack>
    </form>
  )
}

/** Sent at once: what is in the way is said in one sentence, under the button. */
function TestLetter() {
  const { t } = useTranslation()
  const me = useMe()
  const [address, setAddress] = useState(me.email)
  const send = useApiMutation(testMail, { errors: 'form', refreshes: [listLetters] })
  return (
    <section>
      <Title order={2} mb="sm">
        {t('mail.test')}
      </Title>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          send.mutate({ address })
        }}
      >
        <Group align="flex-end" gap="sm" maw={480}>
          <TextInput
            flex={1}
            type="email"
            label={t('mail.test-to')}
            value={address}
            onChange={({ currentTarget }) => setAddress(currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={send.isPending}>
            {t('mail.test-send')}
          </Button>
        </Group>
      </form>
      {send.isSuccess && (
        <Alert color="green" mt="sm" maw={480} role="status">
          {t('mail.test-sent', { address: send.variables.address })}
        </Alert>
      )}
      {send.isError && (
        <Alert color="red" mt="sm" maw={480} role="alert">
          {problemOf(send.error).message}
        </Alert>
      )}
    </section>
  )
}
