import { Stack, Switch, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#web/i18n/translation.ts'
import { getMe, patchMe } from '#features/people/contract.ts'
import { query, useApiMutation } from '#web/api.ts'
import { Loaded } from '#web/layout/Loaded.tsx'

/** Which letters the person wants; the evening one is for who has people. */
export function LettersSwitches() {
  const { t } = useTranslation()
  const me = useQuery(query(getMe, {}))
  const patch = useApiMutation(patchMe, { refreshes: [getMe] })
  return (
    <Loaded of={me} meanwhile={2}>
      {({ role, morningLetter, dayLetter, standingLetter }) => (
        <Stack gap="sm">
          {role !== 'admin' && (
            <Switch
              label={t('people.morning-letter')}
              checked={patch.variables?.morningLetter ?? morningLetter}
              onChange={({ currentTarget }) => patch.mutate({ morningLetter: currentTarget.checked })}
            />
          )}
          {(role === 'head' || role === 'team-head') && (
            <Switch
              label={t('people.day-letter')}
              checked={patch.variables?.dayLetter ?? dayLetter}
              onChange={({ currentTarget }) => patch.mutate({ dayLetter: currentTarget.checked })}
            />
          )}
          {role !== 'admin' && (
            <Switch
              label={t('people.standing-letter')}
              checked={patch.variables?.standingLetter ?? standingLetter}
              onChange={({ currentTarget }) => patch.mutate({ standingLetter: currentTarget.checked })}
            />
          )}
          <Text size="xs" c="dimmed">
            {t('people.letters-why')}
          </Text>
        </Stack>
      )}
    </Loaded>
  )
}
