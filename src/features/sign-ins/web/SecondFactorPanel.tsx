import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getSecondFactor } from '#features/sign-ins/contract.ts'
import { query } from '#web/api.ts'
import { formatDate } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { FactorDialog, type FactorAct } from './FactorDialog.tsx'

/** Own second factor: whether it is on, and what can be done about it. */
export function SecondFactorPanel() {
  const { t } = useTranslation()
  const factor = useQuery(query(getSecondFactor, {}))
  const [act, setAct] = useState<FactorAct | null>(null)
  return (
    <Loaded of={factor} meanwhile={2}>
      {({ on, setUpAt, codesLeft, required }) => (
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('sign-ins.factor-why')} {required && `${t('sign-ins.factor-required')}.`}
          </Text>
          <Text size="sm" fw={500}>
            {on && setUpAt
              ? `${t('sign-ins.factor-on', { when: formatDate(setUpAt) })} · ${t('sign-ins.codes', { count: codesLeft })}`
              : t('sign-ins.factor-off')}
          </Text>
          <Group gap="xs">
            {on ? (
              <>
                <Button variant="default" onClick={() => setAct('renew')}>
                  {t('sign-ins.renew')}
                </Button>
                <Button variant="default" onClick={() => setAct('move')}>
                  {t('sign-ins.move')}
                </Button>
                {!required && (
                  <Button variant="default" onClick={() => setAct('turn-off')}>
                    {t('sign-ins.turn-off')}
                  </Button>
                )}
              </>
            ) : (
              <Button onClick={() => setAct('turn-on')}>{t('sign-ins.turn-on')}</Button>
            )}
          </Group>
          {act && <FactorDialog act={act} onClose={() => setAct(null)} />}
        </Stack>
      )}
    </Loaded>
  )
}
