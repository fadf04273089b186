import { Alert, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { confirmAtSignIn, draftAtSignIn } from '#features/sign-ins/contract.ts'
import { call } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { problemOf } from '#web/problem.ts'
import { FactorSetUp } from './FactorSetUp.tsx'

/** Where the role needs a second factor and there is none: set up before anything else. */
export function SetUpStep({ onDone }: { onDone: (id: string) => unknown }) {
  const { t } = useTranslation()
  const [entered, setEntered] = useState('')
  // Asked for once: every answer is another secret.
  const draft = useQuery({
    queryKey: ['draft at sign-in'],
    queryFn: () => call(draftAtSignIn, {}),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const confirm = async (code: string) => {
    const { id, recoveryCodes } = await call(confirmAtSignIn, { code })
    setEntered(id)
    return { recoveryCodes }
  }
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('sign-ins.set-up-due')}
      </Text>
      {draft.error && (
        <Alert color="red" variant="light" role="alert" p="sm">
          {problemOf(draft.error).message}
        </Alert>
      )}
      {draft.data && <FactorSetUp draft={draft.data} confirm={confirm} onDone={() => onDone(entered)} />}
    </Stack>
  )
}
