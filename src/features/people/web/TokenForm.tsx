import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addToken, listSessions } from '#features/people/contract.ts'
import { call, refresh } from '#web/api.ts'
import { useContractForm } from '#web/form/use-contract-form.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { CopyField } from '#web/layout/CopyField.tsx'

/** Makes a token for a program; it is shown this once, the base keeps its hash only. */
export function TokenForm() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [token, setToken] = useState<string | null>(null)
  const { form, field, onSubmit, failure, pending } = useContractForm(addToken.input, {
    initial: { name: '' },
    send: (values) => call(addToken, values),
    onDone: async ({ token }) => {
      setToken(token)
      form.reset()
      await refresh(queries, listSessions)
    },
  })
  const { error, ...input } = field('name') as { error?: string }
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('people.tokens-why')}
      </Text>
      {token && (
        <Alert color="accent" variant="light" title={t('people.token-once')}>
          <CopyField label={t('people.token')} value={token} />
        </Alert>
      )}
      <form onSubmit={onSubmit} noValidate>
        <Group align="flex-end" gap="sm">
          <TextInput
            label={t('people.token-name')}
            placeholder={t('people.token-sample')}
            {...input}
            withAsterisk={false}
            error={error ?? failure}
          />
          <Button type="submit" variant="default" loading={pending}>
            {t('people.make-token')}
          </Button>
        </Group>
      </form>
    </Stack>
  )
}
