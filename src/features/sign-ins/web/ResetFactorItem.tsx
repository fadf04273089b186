import { Menu } from '@mantine/core'
import { IconDeviceMobileOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { listSecondFactors, resetSecondFactor } from '#features/sign-ins/contract.ts'
import { query, useApiMutation } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { confirm } from '#web/layout/confirm.tsx'
import { notifyDone } from '#web/layout/notify.tsx'

/** For who has lost his telephone and his codes; there where he has a second factor. */
export function ResetFactorItem({ user: { id, name } }: { user: { id: string; name: string } }) {
  const { t } = useTranslation()
  const persons = useQuery(query(listSecondFactors, {})).data?.userIds ?? []
  const reset = useApiMutation(resetSecondFactor, {
    refreshes: [listSecondFactors],
    onSuccess: () => notifyDone(t('sign-ins.reset-done', { name })),
  })
  const ask = async () => {
    const question = { title: t('sign-ins.reset-title', { name }), text: t('sign-ins.reset-text') }
    if (await confirm({ ...question, confirm: t('sign-ins.reset-factor'), danger: true }))
      reset.mutate({ id })
  }
  if (!persons.includes(id)) return null
  return (
    <Menu.Item leftSection={<IconDeviceMobileOff size={16} />} onClick={() => void ask()}>
      {t('sign-ins.reset-factor')}
    </Menu.Item>
  )
}
