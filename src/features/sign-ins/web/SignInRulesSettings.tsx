import { Checkbox, NumberInput, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getSignInRules, patchSignInRules, SignInRules } from '#features/sign-ins/contract.ts'
import { Role } from '#shared/roles.ts'
import { call, query, refresh } from '#web/api.ts'
import { FormFoot } from '#web/form/FormFoot.tsx'
import { useContractForm } from '#web/form/use-contract-form.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { notifyDone } from '#web/layout/notify.tsx'
import { useMe } from '#web/session.ts'

/** When sessions end by themselves, and which roles need a second factor: the head's to say. */
export function SignInRulesSettings() {
  const rules = useQuery(query(getSignInRules, {}))
  return <Loaded of={rules}>{(given) => <RulesForm rules={given} />}</Loaded>
}

function RulesForm({ rules }: { rules: SignInRules }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const isHead = useMe().role === 'head'
  const { field, onSubmit, failure, pending } = useContractForm(SignInRules, {
    initial: rules,
    send: (values) => call(patchSignInRules, values),
    onDone: async () => {
      notifyDone(t('sign-ins.saved'))
      await refresh(queries, getSignInRules)
    },
  })
  const idle = field('idleMinutes')
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack maw={480}>
        {!isHead && <Text size="sm">{t('sign-ins.rules-head-only')}</Text>}
        <NumberInput
          label={t('sign-ins.idle-hours')}
          description={t('sign-ins.idle-why')}
          min={0.25}
          max={720}
          step={1}
          decimalScale={2}
          disabled={!isHead}
          {...idle}
          value={idle.value / 60}
          onChange={(hours: string | number) => idle.onChange(Math.round(Number(hours) * 60))}
          withAsterisk={false}
        />
        <NumberInput
          label={t('sign-ins.session-days')}
          min={1}
          max={365}
          allowDecimal={false}
          disabled={!isHead}
          {...field('sessionDays')}
          withAsterisk={false}
        />
        <Checkbox.Group
          label={t('sign-ins.factor-roles')}
          description={t('sign-ins.factor-roles-why')}
          readOnly={!isHead}
          {...field('secondFactorRoles')}
          withAsterisk={false}
        >
          <Stack gap={8} mt="xs">
            {Role.options.map((value) => (
              <Checkbox key={value} value={value} label={t(`role.${value}`)} disabled={!isHead} />
            ))}
          </Stack>
        </Checkbox.Group>
        {isHead && <FormFoot submit={t('sign-ins.save')} pending={pending} failure={failure} />}
      </Stack>
    </form>
  )
}
